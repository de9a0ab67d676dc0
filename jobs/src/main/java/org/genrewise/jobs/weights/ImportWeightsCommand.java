package org.genrewise.jobs.weights;

import java.util.Locale;
import java.util.stream.Collectors;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Version;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.command.OutputOption;
import org.genrewise.jobs.command.VerbCommand;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.spark.HadoopConfiguration;
import org.genrewise.network.NetworkSettings;
import org.genrewise.weights.layout.Ccmusic;
import org.genrewise.weights.pickle.Shown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb import-weights. */
@Command(
    name = "import-weights",
    description =
        "Makes a model of a PyTorch checkpoint of VGG19 with batch norm: torchvision's, ccmusic's, or"
            + " our own export.",
    mixinStandardHelpOptions = true)
public final class ImportWeightsCommand extends VerbCommand {

  @Option(
      names = "--input",
      required = true,
      paramLabel = "LOCATION",
      description =
          "A state_dict that torch.save wrote, in its zip or its older format, or a safetensors file."
              + " Nothing in it is run. Required")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "LOCATION",
      description = "Folder for the model. Required")
  private String output;

  @Mixin private OutputOption replacing;

  public ImportWeightsCommand() {
    super(ImportWeightsOptions.SCHEMA);
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new ImportWeightsCommand(), arguments));
  }

  @Override
  protected void execute(Console console, Settings settings) {
    console.note("genrewise %s %s; Java %s".formatted(verb(), Version.text(), Runtime.version()));
    ImportWeightsResult result =
        ImportWeightsJob.run(
            HadoopConfiguration.withoutSpark(),
            console,
            new ImportWeightsSettings(
                input, output, replacing.mode(), ImportWeightsOptions.of(settings)));
    NetworkSettings network = result.info().network();
    console.print(
        "%s, layout %s, %s: VGG19 with batch norm, %d to %d channels, %d x %d pixels from %s images, %,d values in %s"
            .formatted(
                result.format(),
                result.layout().name().toLowerCase(Locale.ROOT),
                String.join(" and ", result.types()),
                network.channels().get(0),
                network.channels().get(network.channels().size() - 1),
                network.inputSize(),
                network.inputSize(),
                network.imageFormat().name().toLowerCase(Locale.ROOT),
                result.values(),
                Console.duration(result.seconds())));
    console.print(
        "classes: "
            + result.info().classes().stream().map(Shown::name).collect(Collectors.joining(", ")));
    if (result.info().classes().equals(Ccmusic.CLASSES)) {
      console.note(
          "these are the classes of ccmusic's music_genre; --set classes=... names others");
    }
    console.print(
        "model: %s (%s, version %s)"
            .formatted(result.model(), result.info().modelId(), result.version()));
    if (result.info().provenance().isHeadUntrained()) {
      console.note(
          "its head is new: train --set mode=fine-tune, or linear-probe, --set initial-model=%s"
              .formatted(result.model()));
    }
  }
}
