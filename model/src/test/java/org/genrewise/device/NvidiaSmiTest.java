package org.genrewise.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With pretend programs in place of the driver's. */
class NvidiaSmiTest {
  private static final String THREE =
      """
      0, GPU-aaaa1111, NVIDIA A100-SXM4-40GB, 8.0, 40960
      1, GPU-bbbb2222, NVIDIA A100-SXM4-40GB, 8.0, 40960
      2, GPU-cccc3333, NVIDIA H100 80GB HBM3, 9.0, 81559
      """;

  @TempDir private Path folder;

  @Test
  void itReadsTheCards() throws IOException {
    Detection detection = detect(printing(THREE), Optional.empty());
    assertEquals("", detection.problem());
    assertEquals(
        new Gpu(
            2,
            2,
            "GPU-cccc3333",
            "NVIDIA H100 80GB HBM3",
            new ComputeCapability(9, 0),
            81559L << 20),
        detection.gpus().get(2));
  }

  @ParameterizedTest
  @CsvSource({
    "'2,0', '2 0'",
    "'GPU-bbbb2222', '1'",
    "'GPU-cccc, 1', '2 1'",
    "'1,9,0', '1'",
    "'', ''",
    "'-1', ''",
    "'MIG-GPU-aaaa1111/1/0', ''"
  })
  void onlyVisibleCardsAreSeenInTheirOrder(String visible, String indices) throws IOException {
    Detection detection = detect(printing(THREE), Optional.of(visible));
    assertEquals(
        indices,
        String.join(
            " ", detection.gpus().stream().map(gpu -> Integer.toString(gpu.index())).toList()));
    for (int i = 0; i < detection.gpus().size(); i++) {
      assertEquals(i, detection.gpus().get(i).ordinal());
    }
    assertEquals(indices.isEmpty(), detection.problem().contains("CUDA_VISIBLE_DEVICES"));
  }

  @Test
  void withoutTheProgramThereAreNoGpus() {
    Detection detection = detect(folder.resolve("absent"), Optional.empty());
    assertEquals(List.of(), detection.gpus());
    assertTrue(detection.problem().startsWith("there is no program"), detection.problem());
  }

  @Test
  void whatTheProgramComplainsOfIsTold() throws IOException {
    Path program =
        script("echo 'NVIDIA-SMI has failed because it could not reach the driver'; exit 9");
    Detection detection = detect(program, Optional.empty());
    assertEquals(List.of(), detection.gpus());
    assertTrue(detection.problem().contains("failed with 9"), detection.problem());
    assertTrue(detection.problem().contains("could not reach the driver"), detection.problem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"No devices were found", "0, GPU-a, NVIDIA Old, [N/A], 1", "0, GPU-a"})
  void anAnswerThatTellsNoCapabilityIsNoGpu(String answer) throws IOException {
    Detection detection = detect(printing(answer + "\n"), Optional.empty());
    assertEquals(List.of(), detection.gpus());
    assertTrue(detection.problem().contains(answer), detection.problem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec sleep 60", "exec >/dev/null 2>&1; exec sleep 60"})
  void aProgramThatHangsIsNotWaitedFor(String command) throws IOException {
    long begin = System.nanoTime();
    NvidiaSmi program =
        new NvidiaSmi(script(command).toString(), Optional.empty(), Duration.ofMillis(300));
    Detection detection = program.detect();
    assertTrue(detection.problem().contains("did not answer"), detection.problem());
    assertTrue(System.nanoTime() - begin < 20_000_000_000L);
  }

  @Test
  void itTellsHowBusyACardIs() throws IOException {
    Path program =
        script(
            """
            [ "$4" = GPU-00000000 ] && echo '87, 12000, 40960'
            """);
    GpuUse use = use(program).orElseThrow();
    assertEquals(0.87, use.utilisation(), 1e-9);
    assertEquals(12000L << 20, use.peakBytes());
    assertEquals(40960L << 20, use.totalBytes());
    assertEquals("GPU 87 %, 12.6 of 42.9 GB", use.text());
  }

  @Test
  void aCardThatDoesNotSayIsNoFault() throws IOException {
    assertEquals(Optional.empty(), use(folder.resolve("absent")));
    assertEquals(Optional.empty(), use(script("exit 6")));
    assertEquals(Optional.empty(), use(printing("[N/A], [N/A], 40960\n")));
  }

  private static Optional<GpuUse> use(Path program) {
    return new NvidiaSmi(program.toString(), Optional.empty(), Duration.ofSeconds(20))
        .use(Cards.card(0, "NVIDIA A100", "8.0"));
  }

  private static Detection detect(Path program, Optional<String> visible) {
    return new NvidiaSmi(program.toString(), visible, Duration.ofSeconds(20)).detect();
  }

  private Path printing(String answer) throws IOException {
    Path text = folder.resolve("answer");
    Files.writeString(text, answer);
    return script("cat '%s'".formatted(text));
  }

  private Path script(String body) throws IOException {
    Path file = folder.resolve("nvidia-smi");
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }
}
