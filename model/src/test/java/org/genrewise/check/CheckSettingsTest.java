package org.genrewise.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.genrewise.device.Device;
import org.genrewise.device.DeviceChoice;
import org.genrewise.network.Width;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckSettingsTest {

  @Test
  void theDefaultsAreTheWholeCheck() {
    assertEquals(
        new CheckSettings(
            Path.of("check.json"),
            DeviceChoice.AUTO,
            Width.FULL,
            224,
            List.of(),
            200,
            List.of(),
            5,
            List.of(1, 10, 100),
            30,
            Duration.ofMinutes(15),
            Optional.empty(),
            "python3",
            Optional.empty()),
        CheckSettings.parse(List.of("--json", "check.json")));
  }

  @Test
  void batchesFollowTheDeviceUnlessTheyAreGiven() {
    CheckSettings auto = CheckSettings.parse(List.of("--json", "a"));
    assertEquals(List.of(4, 8), auto.batches(Device.Kind.CPU));
    assertEquals(List.of(8, 32, 128), auto.batches(Device.Kind.CUDA));
    CheckSettings given = CheckSettings.parse(List.of("--json", "a", "--batches", "2, 3"));
    assertEquals(List.of(2, 3), given.batches(Device.Kind.CUDA));
  }

  @Test
  void processesGetTheSameSettings() {
    CheckSettings settings =
        CheckSettings.parse(
            List.of(
                "--json=a b.json",
                "--device=cpu",
                "--width=1/16",
                "--input-size=32",
                "--part=speed",
                "--part=files",
                "--steps=40",
                "--batches=2,4",
                "--runs=1",
                "--files=1,2",
                "--file-seconds=5.5",
                "--limit=0.5",
                "--reference=cpu.safetensors",
                "--python=/opt/python",
                "--markdown=table.md"));
    assertEquals(settings, CheckSettings.parse(settings.arguments()));
    assertEquals(Duration.ofMillis(500), settings.limit());
  }

  @ParameterizedTest
  @CsvSource({
    "--width 1/3, 'width must be'",
    "--device gpu, 'must be one of auto, cpu, cuda'",
    "--input-size 100, multiple of 32",
    "--steps 10, at least 40",
    "--steps many, '--steps must be N, not'",
    "--runs 0, at least 1",
    "--batches 4;8, '--batches must be'",
    "--files 0, from 1 on",
    "--file-seconds 0, to 3600, not 0.0",
    "--limit 0, above 0",
    "--tempo 3, unknown option",
    "--python, needs a value"
  })
  void aMistakeIsNamed(String words, String message) {
    List<String> arguments = List.of(("--json a " + words).split(" "));
    String told =
        assertThrows(IllegalArgumentException.class, () -> CheckSettings.parse(arguments))
            .getMessage();
    assertTrue(told.contains(message), told);
  }

  @Test
  void partsAreChosenByTheirNameOrItsBeginningWithWhatTheyNeed() {
    assertEquals(
        List.of("device", "reference", "gradients", "training-float32", "training-float16"),
        names("training", "gradients"));
    assertEquals(List.of("device", "speed-float16"), names("speed-float16"));
    assertEquals(CheckParts.ALL.size(), names().size());
    String told = assertThrows(IllegalArgumentException.class, () -> names("spee")).getMessage();
    assertTrue(told.contains("'spee'") && told.contains("speed-float32"), told);
  }

  private static List<String> names(String... parts) {
    return CheckParts.chosen(CheckParts.ALL, List.of(parts)).stream().map(CheckPart::name).toList();
  }
}
