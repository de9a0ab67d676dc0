package org.genrewise.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.jobs.testing.UntrainedModel;
import org.genrewise.jobs.testing.VerbProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output on a disk that is full; needs the right to mount one. */
class FullDiskIT {
  private static final int DISK_BYTES = 1 << 20;
  private static final int LEFT_BYTES = 24 << 10;

  @TempDir private Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs", disk.toString()) == 0,
        "mounting a small disk is not allowed here");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  @Test
  void theUserIsToldAndTheNextRunLosesNothing() throws Exception {
    Path audio = Tunes.write(folder.resolve("audio"), 4, 12);
    String model = UntrainedModel.save(folder.resolve("model"), 1);
    Path output = Files.createDirectory(disk.resolve("labels"));
    Path filler = Files.write(disk.resolve("filler"), new byte[DISK_BYTES - LEFT_BYTES]);

    try (VerbProcess full = label(audio, model, output)) {
      assertEquals(ExitCode.USER, full.await(), full.text());
      assertTrue(full.text().contains("a disk is full"), full.text());
    }
    Files.delete(filler);
    try (VerbProcess again = label(audio, model, output)) {
      assertEquals(ExitCode.DONE, again.await(), again.text());
    }

    List<String> labelled = new Runs(model, output).labelled();
    assertEquals(12, labelled.size());
  }

  private VerbProcess label(Path audio, String model, Path output) throws IOException {
    return VerbProcess.start(
        folder.resolve("log.txt"),
        List.of(),
        List.of(
            "label",
            "--input",
            audio.toString(),
            "--model",
            model,
            "--output",
            output.toString(),
            "--set",
            "write-slices=true",
            "--set",
            "write-embeddings=true"));
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
