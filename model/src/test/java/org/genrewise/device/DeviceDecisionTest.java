package org.genrewise.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every case, with pretend GPUs: none of it needs one. */
class DeviceDecisionTest {
  private static final Gpu A100 = Cards.card(0, "NVIDIA A100-SXM4-40GB", "8.0");
  private static final Gpu L4 = Cards.card(1, "NVIDIA L4", "8.9");
  private static final Gpu H100 = Cards.card(0, "NVIDIA H100 80GB HBM3", "9.0");
  private static final Detection NOTHING = Detection.none("there is no program nvidia-smi");

  @ParameterizedTest
  @CsvSource({
    "cuda, 3.5, false", "cuda, 3.7, true", "cuda, 7.5, true", "cuda, 8.9, true",
    "cuda, 9.0, false", "cuda, 12.0, false", "cuda-hopper, 8.9, false", "cuda-hopper, 9.0, true",
    "cuda-hopper, 10.0, false", "cpu, 8.0, false"
  })
  void aBuildServesWhatItHasCodeFor(String profile, String capability, boolean served) {
    Detection there = Detection.of(List.of(Cards.card(0, "NVIDIA Pretend", capability)));
    DeviceBuild build =
        switch (profile) {
          case "cuda" -> DeviceBuild.CUDA;
          case "cuda-hopper" -> DeviceBuild.HOPPER;
          default -> DeviceBuild.CPU;
        };
    assertEquals(
        served ? Device.Kind.CUDA : Device.Kind.CPU,
        decide(DeviceChoice.AUTO, build, there).device().kind());
    if (served) {
      assertEquals(
          "cuda (NVIDIA Pretend, %s)".formatted(capability),
          decide(DeviceChoice.CUDA, build, there).device().text());
    } else {
      String message = refusal(build, there);
      assertTrue(message.contains("NVIDIA Pretend"), message);
      assertTrue(message.contains("compute capability " + capability), message);
    }
  }

  @Test
  void aRefusedGpuIsToldWithWhatCanServeIt() {
    String hopper = refusal(DeviceBuild.CUDA, Detection.of(List.of(H100)));
    assertTrue(hopper.contains("H100") && hopper.contains("9.0"), hopper);
    assertTrue(hopper.contains("-Pcuda) serves compute capability 3.7 to 8.9"), hopper);
    assertTrue(hopper.endsWith("build with -Pcuda-hopper"), hopper);
    assertTrue(
        refusal(DeviceBuild.HOPPER, Detection.of(List.of(A100))).endsWith("build with -Pcuda"));
    String old = refusal(DeviceBuild.CUDA, Detection.of(List.of(Cards.card(0, "Old", "3.5"))));
    assertTrue(old.contains("no build of this program serves 3.5"), old);
  }

  @Test
  void autoFallsBackToTheCpuAndSaysWhy() {
    DeviceDecision refused =
        decide(DeviceChoice.AUTO, DeviceBuild.CUDA, Detection.of(List.of(H100)));
    assertEquals("cpu", refused.device().text());
    assertTrue(refused.reason().contains("H100"), refused.reason());

    DeviceDecision none = decide(DeviceChoice.AUTO, DeviceBuild.CUDA, NOTHING);
    assertEquals(Device.CPU, none.device());
    assertTrue(none.reason().contains("there is no program nvidia-smi"), none.reason());

    DeviceDecision unused = decide(DeviceChoice.AUTO, DeviceBuild.CPU, Detection.of(List.of(A100)));
    assertEquals(Device.CPU, unused.device());
    assertTrue(unused.reason().contains("a GPU is there, NVIDIA A100"), unused.reason());
    assertTrue(unused.reason().contains("build with -Pcuda"), unused.reason());
  }

  @Test
  void librariesThatDoNotLoadAreTreatedAsARefusal() {
    DeviceDecision gpu = decide(DeviceChoice.AUTO, DeviceBuild.CUDA, Detection.of(List.of(A100)));
    String problem = "no jnicudart in java.library.path";

    DeviceDecision cpu = gpu.without(DeviceChoice.AUTO, problem);
    assertEquals(Device.CPU, cpu.device());
    assertTrue(cpu.reason().contains(problem) && cpu.reason().contains("A100"), cpu.reason());
    assertThrows(DeviceException.class, () -> gpu.without(DeviceChoice.CUDA, problem));
  }

  @Test
  void wordsAreSpentOnlyWhereSomethingIsNotAsExpected() {
    assertEquals("", decide(DeviceChoice.AUTO, DeviceBuild.CPU, NOTHING).reason());
    assertEquals(
        "", decide(DeviceChoice.CPU, DeviceBuild.CUDA, Detection.of(List.of(A100))).reason());
    assertEquals(
        "", decide(DeviceChoice.AUTO, DeviceBuild.CUDA, Detection.of(List.of(A100))).reason());
  }

  @Test
  void cudaIsHadOrRefusedWithARemedy() {
    String cpuBuild = refusal(DeviceBuild.CPU, NOTHING);
    assertTrue(cpuBuild.contains("has no code for GPUs"), cpuBuild);
    assertTrue(cpuBuild.contains("build with -Pcuda"), cpuBuild);
    assertTrue(refusal(DeviceBuild.CUDA, NOTHING).contains("no GPU was found"));
  }

  @Test
  void cpuIsHadWhateverElseThereIs() {
    assertEquals(
        Device.CPU,
        decide(DeviceChoice.CPU, DeviceBuild.CUDA, Detection.of(List.of(A100))).device());
  }

  @Test
  void theFirstGpuThatTheBuildServesIsTakenAndTold() {
    DeviceDecision decision =
        decide(DeviceChoice.CUDA, DeviceBuild.CUDA, Detection.of(List.of(H100, L4)));
    assertEquals(L4, decision.device().gpu());
    assertTrue(decision.reason().contains("of 2 GPUs number 1 is taken"), decision.reason());
  }

  @Test
  void theGpuThatSparkGaveIsTakenByIndexOrUuid() {
    Detection both = Detection.of(List.of(A100, L4));
    for (String address : List.of("1", L4.uuid())) {
      DeviceDecision decision =
          DeviceDecision.of(DeviceChoice.AUTO, DeviceBuild.CUDA, both, Optional.of(address));
      assertEquals(L4, decision.device().gpu());
      assertEquals("", decision.reason());
    }
  }

  @Test
  void anotherGpuIsNeverTakenInsteadOfTheOneThatSparkGave() {
    DeviceException missing =
        assertThrows(
            DeviceException.class,
            () ->
                DeviceDecision.of(
                    DeviceChoice.AUTO,
                    DeviceBuild.CUDA,
                    Detection.of(List.of(A100)),
                    Optional.of("7")));
    assertTrue(missing.getMessage().contains("the GPU 7"), missing.getMessage());
    assertThrows(
        DeviceException.class,
        () ->
            DeviceDecision.of(
                DeviceChoice.CUDA,
                DeviceBuild.CUDA,
                Detection.of(List.of(H100, L4)),
                Optional.of("0")));
  }

  @Test
  void aBuildForCpusDoesNotMindWhichGpuSparkGave() {
    DeviceDecision decision =
        DeviceDecision.of(DeviceChoice.AUTO, DeviceBuild.CPU, NOTHING, Optional.of("7"));
    assertEquals(new DeviceDecision(Device.CPU, ""), decision);
  }

  @Test
  void aProcessKeepsItsDevice() {
    ProcessDevice.requireSame(DeviceChoice.AUTO, Optional.empty(), Device.CPU);
    ProcessDevice.requireSame(DeviceChoice.CPU, Optional.of("3"), Device.CPU);
    ProcessDevice.requireSame(DeviceChoice.CUDA, Optional.of("1"), Device.of(L4));
    assertThrows(
        DeviceException.class,
        () -> ProcessDevice.requireSame(DeviceChoice.CUDA, Optional.empty(), Device.CPU));
    assertThrows(
        DeviceException.class,
        () -> ProcessDevice.requireSame(DeviceChoice.CPU, Optional.empty(), Device.of(L4)));
    DeviceException another =
        assertThrows(
            DeviceException.class,
            () -> ProcessDevice.requireSame(DeviceChoice.AUTO, Optional.of("0"), Device.of(L4)));
    assertTrue(
        another.getMessage().contains("spark.executor.resource.gpu.amount"), another.getMessage());
  }

  private static DeviceDecision decide(
      DeviceChoice choice, DeviceBuild build, Detection detection) {
    return DeviceDecision.of(choice, build, detection, Optional.empty());
  }

  private static String refusal(DeviceBuild build, Detection detection) {
    return assertThrows(DeviceException.class, () -> decide(DeviceChoice.CUDA, build, detection))
        .getMessage();
  }
}
