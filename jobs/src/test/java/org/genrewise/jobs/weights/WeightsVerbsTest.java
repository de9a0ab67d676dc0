package org.genrewise.jobs.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.bundle.ModelBundle;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.testing.CapturedVerb;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.jobs.train.SyntheticFeatures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Import, training, labelling and export, as the command line runs them. */
class WeightsVerbsTest {
  /** Made by make_checkpoints.py beside them. */
  private static final Path CHECKPOINTS = Path.of("../model/src/test/resources/weights");

  @TempDir Path folder;
  private String model;

  @BeforeEach
  void name() {
    model = folder.resolve("models/imported").toString();
  }

  @Test
  void anImportedCheckpointLabelsAndComesBackFromItsExport() throws IOException {
    String said =
        CapturedVerb.run(ExitCode.DONE, importing("network.pt", "--set", "classes=low,high,noise"));
    assertTrue(
        said.contains(
            "layout ccmusic, F32: VGG19 with batch norm, 2 to 2 channels, 64 x 64 pixels from jpeg images"));
    BundleInfo info = info(model);

    Path audio = Tunes.write(folder.resolve("audio"), 1, 12);
    String labels = folder.resolve("labels").toString();
    CapturedVerb.run(
        ExitCode.DONE, "label", "--input", audio.toString(), "--model", model, "--output", labels);
    assertEquals(
        3,
        LocalSpark.session()
            .read()
            .parquet(labels + "/labels")
            .filter("model_version = '" + ModelBundle.load(Path.of(model)).version() + "'")
            .count());

    String exported = folder.resolve("out/model.safetensors").toString();
    String check = folder.resolve("out/check.safetensors").toString();
    CapturedVerb.run(
        ExitCode.DONE, "export-weights", "--model", model, "--output", exported, "--check", check);
    String again = folder.resolve("models/again").toString();
    CapturedVerb.run(ExitCode.DONE, "import-weights", "--input", exported, "--output", again);
    assertEquals(info, info(again));
    assertTrue(Files.size(Path.of(check)) > 4 * 3 * 64 * 64 * 4);
  }

  @Test
  void torchvisionsFeaturesMustBeTrainedBeforeTheyLabel() throws IOException {
    String[] torchvision =
        importing(
            "network.torchvision.pt",
            "--set",
            "classes=low,middle,high",
            "--set",
            "head=16,8",
            "--set",
            "input-size=32");
    String said = CapturedVerb.run(ExitCode.DONE, torchvision);
    assertTrue(said.contains("its head is new: train"), said);
    String refused =
        CapturedVerb.run(
            ExitCode.USER,
            "label",
            "--input",
            folder.toString(),
            "--model",
            model,
            "--output",
            folder + "/l");
    assertTrue(refused.contains("a head of random numbers"), refused);

    String features = folder.resolve("features").toString();
    SyntheticFeatures.write(LocalSpark.session(), features, 18);
    for (String mode : List.of("linear-probe", "fine-tune")) {
      String trained = folder.resolve(mode).toString();
      CapturedVerb.run(
          ExitCode.DONE,
          "train",
          "--features",
          features,
          "--output",
          trained,
          "--set",
          "mode=" + mode,
          "--set",
          "initial-model=" + model,
          "--set",
          "epochs=1",
          "--set",
          "batch-size=8");
      Map<String, String> provenance = info(trained + "/model").provenance().training();
      assertEquals("network.torchvision.pt", provenance.get("imported-from"));
      assertTrue(provenance.get("initial-model").startsWith("imported "), provenance.toString());
      CapturedVerb.run(
          ExitCode.DONE,
          "evaluate",
          "--features",
          features,
          "--model",
          trained,
          "--set",
          "part=all");
    }
    refused(
        "nowhere does not exist; name the folder split",
        "evaluate",
        "--features",
        features,
        "--model",
        folder.resolve("fine-tune").toString(),
        "--split",
        folder.resolve("nowhere").toString());
  }

  @Test
  void usersMistakesAreToldAndLeaveNothing() throws IOException {
    Files.writeString(folder.resolve("noise.pt"), "no checkpoint");
    refused("begins neither", "import-weights", "--input", folder + "/noise.pt", "--output", model);
    refused("nowhere.pt", "import-weights", "--input", folder + "/nowhere.pt", "--output", model);
    refused("Is a directory", "import-weights", "--input", folder.toString(), "--output", model);
    refused("3 outputs, and there are 16 names", importing("network.pt"));
    refused("two classes have the same name", importing("network.pt", "--set", "classes=a,a,b"));
    refused("must be whole numbers", importing("network.pt", "--set", "head=big"));
    refused("must be one of auto", importing("network.pt", "--set", "layout=keras"));
    refused(
        "dropout must be from 0",
        importing("network.pt", "--set", "classes=a,b,c", "--set", "dropout=2"));
    refused(
        "a model id has",
        importing("network.pt", "--set", "classes=a,b,c", "--set", "model-id=a/b"));
    refused("there is no model at", "export-weights", "--model", model, "--output", model);
    assertFalse(Files.exists(Path.of(model)));
  }

  @Test
  void replacingAnOutputNeverDeletesWhatIsRead() throws IOException {
    Path inside = folder.resolve("models/imported/save.pt");
    Files.createDirectories(inside.getParent());
    Files.copy(CHECKPOINTS.resolve("network.pt"), inside);
    refused(
        "lies in the output",
        "import-weights",
        "--overwrite",
        "--input",
        inside.toString(),
        "--output",
        model);
    assertTrue(Files.exists(inside));
    String other = folder.resolve("models/other").toString();
    CapturedVerb.run(
        ExitCode.DONE,
        "import-weights",
        "--input",
        inside.toString(),
        "--output",
        other,
        "--set",
        "classes=a,b,c");
    refused(
        "lies in the output", "export-weights", "--overwrite", "--model", other, "--output", other);
    assertTrue(Files.exists(Path.of(other, ModelBundle.MANIFEST)));
    refused(
        "lies in the output",
        "export-weights",
        "--model",
        other,
        "--output",
        folder + "/w",
        "--check",
        folder + "/w");
  }

  @Test
  void whatIsThereIsOnlyReplacedWhenAskedForAndByAWholeModel() throws IOException {
    String[] good = importing("network.pt", "--set", "classes=a,b,c");
    CapturedVerb.run(ExitCode.DONE, good);
    refused("exists already", good);
    String version = ModelBundle.load(Path.of(model)).version();
    refused("3 outputs", importing("network.pt", "--overwrite"));
    assertEquals(version, ModelBundle.load(Path.of(model)).version());
    CapturedVerb.run(
        ExitCode.DONE, importing("network.half.pt", "--set", "classes=a,b,c", "--overwrite"));
    assertFalse(version.equals(ModelBundle.load(Path.of(model)).version()));
    String file = folder.resolve("models/w.safetensors").toString();
    CapturedVerb.run(ExitCode.DONE, "export-weights", "--model", model, "--output", file);
    refused("exists already", "export-weights", "--model", model, "--output", file);
    CapturedVerb.run(
        ExitCode.DONE, "export-weights", "--model", model, "--output", file, "--overwrite");
    try (Stream<Path> left = Files.list(folder.resolve("models"))) {
      assertEquals(2, left.count());
    }
  }

  private String[] importing(String checkpoint, String... more) {
    return Stream.concat(
            Stream.of(
                "import-weights",
                "--input",
                CHECKPOINTS.resolve(checkpoint).toString(),
                "--output",
                model),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static void refused(String reason, String... arguments) {
    String said = CapturedVerb.run(ExitCode.USER, arguments);
    assertTrue(said.contains(reason), said);
    assertFalse(said.contains("\tat "), said);
  }

  private static BundleInfo info(String location) throws IOException {
    return ModelBundle.load(Path.of(location)).info();
  }
}
