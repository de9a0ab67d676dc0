package org.genrewise.device.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.SizeTPointer;
import org.genrewise.device.DeviceException;
import org.genrewise.device.GpuMemory;
import org.genrewise.device.GpuRuntime;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.jita.conf.Configuration;
import org.nd4j.jita.conf.CudaEnvironment;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.jcublas.JCublasBackend;

/** ND4J on CUDA. */
public final class Nd4jCudaRuntime implements GpuRuntime {

  /** Found as a service. */
  public Nd4jCudaRuntime() {}

  @Override
  public Optional<String> problem() {
    try {
      JCublasBackend backend = new JCublasBackend();
      backend.canRun();
      Loader.load(nativeOperations(backend));
      // What the network's kernels call.
      Loader.load(cublas.class);
      Loader.load(cudnn.class);
      return Optional.empty();
    } catch (IOException | RuntimeException | LinkageError e) {
      return Optional.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString()));
    }
  }

  /** As ND4J finds it: releases have it in different packages. */
  private static Class<?> nativeOperations(JCublasBackend backend) throws IOException {
    Properties properties = new Properties();
    try (InputStream stream = backend.getConfigurationResource().getInputStream()) {
      properties.load(stream);
    }
    return ND4JClassLoading.loadClassByName(properties.getProperty("native.ops").strip());
  }

  /**
   * ND4J deals GPUs to threads from a list that it fills when it first allocates. Before that,
   * {@code useDevice} finds the list empty and is ignored with a warning; so it comes after.
   */
  @Override
  public void use(int ordinal) {
    Nd4j.zeros(DataType.FLOAT, 1).close();
    Configuration configuration = CudaEnvironment.getInstance().getConfiguration();
    configuration.useDevice(ordinal);
    requireOnly(ordinal, configuration.getAvailableDevices());
    requireOnly(ordinal, List.of(ofAnotherThread()));
  }

  @Override
  public GpuMemory memory() {
    try (SizeTPointer free = new SizeTPointer(1);
        SizeTPointer total = new SizeTPointer(1)) {
      int status = cudart.cudaMemGetInfo(free, total);
      if (status != cudart.cudaSuccess) {
        throw new DeviceException(
            "CUDA does not tell how much memory is free, but %d, %s"
                .formatted(status, cudart.cudaGetErrorString(status).getString()));
      }
      return new GpuMemory(free.get(), total.get());
    }
  }

  @Override
  public Optional<String> version() {
    try {
      int[] runtime = new int[1];
      int[] driver = new int[1];
      return cudart.cudaRuntimeGetVersion(runtime) == 0 && cudart.cudaDriverGetVersion(driver) == 0
          ? Optional.of("run-time %s, driver %s".formatted(text(runtime[0]), text(driver[0])))
          : Optional.empty();
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  /** 11060 is 11.6. */
  private static String text(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }

  private static void requireOnly(int ordinal, List<Integer> devices) {
    if (!devices.equals(List.of(ordinal))) {
      throw new DeviceException(
          "ND4J should use CUDA's GPU %d alone, but uses %s; let the process see that one alone, by CUDA_VISIBLE_DEVICES"
              .formatted(ordinal, devices));
    }
  }

  private static int ofAnotherThread() {
    FutureTask<Integer> device =
        new FutureTask<>(() -> Nd4j.getAffinityManager().getDeviceForCurrentThread());
    new Thread(device, "GPU of a new thread").start();
    try {
      return device.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceException("interrupted while ND4J was starting", e);
    } catch (ExecutionException e) {
      throw new DeviceException("ND4J gives a thread no GPU: " + e.getCause(), e.getCause());
    }
  }
}
