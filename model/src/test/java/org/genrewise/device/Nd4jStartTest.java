package org.genrewise.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

class Nd4jStartTest {
  @TempDir private Path folder;

  @Test
  void nd4jStartsOnTheCpu() {
    Nd4jStart.on(Device.CPU, Optional.empty());
    assertEquals(Device.Kind.CPU.backend(), Nd4j.getBackend().getClass().getName());
    assertEquals(Device.CPU, ProcessDevice.device());
  }

  @Test
  void oneBackendIsShownWhateverTheClassPathLists() throws IOException {
    Path list = folder.resolve("backends");
    Files.writeString(list, "no.such.Backend\n%s\n".formatted(Device.Kind.CPU.backend()));
    ClassLoader both =
        new ClassLoader(Nd4jStartTest.class.getClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            return name.endsWith(Nd4jBackend.class.getName())
                ? Collections.enumeration(List.of(list.toUri().toURL()))
                : super.getResources(name);
          }
        };
    assertThrows(ServiceConfigurationError.class, () -> backends(both));

    assertEquals(
        List.of(Device.Kind.CPU.backend()),
        backends(new OneBackend(Device.Kind.CPU.backend(), both)));
  }

  /** Rather an error than a backend that nobody asked for. */
  @Test
  void aBackendThatIsNotThereIsNotReplaced() {
    ClassLoader loader = new OneBackend("no.such.Backend", Nd4jStartTest.class.getClassLoader());
    assertThrows(ServiceConfigurationError.class, () -> backends(loader));
  }

  @Test
  void anotherBackendThanDecidedIsAnError() {
    Device gpu = Device.of(Cards.card(0, "NVIDIA A100", "8.0"));
    Nd4jStart.requireBackend(Device.CPU, Device.Kind.CPU.backend());
    Nd4jStart.requireBackend(gpu, Device.Kind.CUDA.backend());
    DeviceException mismatch =
        assertThrows(
            DeviceException.class, () -> Nd4jStart.requireBackend(gpu, Device.Kind.CPU.backend()));
    assertTrue(
        mismatch.getMessage().contains("NVIDIA A100")
            && mismatch.getMessage().contains("CpuBackend"),
        mismatch.getMessage());
    assertThrows(
        DeviceException.class,
        () -> Nd4jStart.requireBackend(Device.CPU, Device.Kind.CUDA.backend()));
  }

  @Test
  void aProcessThatRunsOnTheCpuCannotBeHadForAGpu() {
    Nd4jStart.on(Device.CPU, Optional.empty());
    DeviceException late =
        assertThrows(
            DeviceException.class,
            () -> Nd4jStart.on(Device.of(Cards.card(0, "NVIDIA A100", "8.0")), Optional.empty()));
    assertTrue(late.getMessage().contains("CpuBackend"), late.getMessage());
  }

  @Test
  void cudaAndTheDriverMustMeanTheSameCard() {
    Gpu gpu = Cards.card(1, "NVIDIA A100", "8.0");
    Nd4jStart.requireCard(gpu, "NVIDIA A100", new ComputeCapability(8, 0));
    DeviceException other =
        assertThrows(
            DeviceException.class,
            () -> Nd4jStart.requireCard(gpu, "NVIDIA T4", new ComputeCapability(7, 5)));
    assertTrue(other.getMessage().contains("CUDA_DEVICE_ORDER=PCI_BUS_ID"), other.getMessage());
  }

  private static List<String> backends(ClassLoader loader) {
    return ServiceLoader.load(Nd4jBackend.class, loader).stream()
        .map(provider -> provider.get().getClass().getName())
        .toList();
  }
}
