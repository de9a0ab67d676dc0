package org.genrewise.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Encodes what tests decode. */
final class Encoder {
  private final FfmpegProgram program;
  private final Path folder;
  private int files;

  Encoder(FfmpegProgram program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /**
   * Encodes a WAV file; skips the test where this ffmpeg lacks the encoder.
   *
   * @param arguments between input and output, separated by spaces
   */
  Path encode(byte[] wav, String extension, String arguments)
      throws IOException, InterruptedException {
    files++;
    Path input = Files.write(folder.resolve("input" + files + ".wav"), wav);
    Path output = folder.resolve("encoded" + files + "." + extension);
    List<String> command = new ArrayList<>();
    Collections.addAll(command, program.executable().toString(), "-nostdin", "-v", "error");
    Collections.addAll(command, "-i", input.toString());
    Collections.addAll(command, arguments.split(" "));
    command.add(output.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    assumeFalse(said.contains("Unknown encoder"), said);
    assertEquals(0, exitCode, said);
    return output;
  }
}
