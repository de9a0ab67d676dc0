package org.genrewise.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceBuildTest {

  @Test
  void mavenWritesDownWhatMessagesSayOfEachProfile() {
    Map<String, DeviceBuild> known =
        Map.of("cpu", DeviceBuild.CPU, "cuda", DeviceBuild.CUDA, "cuda-hopper", DeviceBuild.HOPPER);
    DeviceBuild current = DeviceBuild.current();
    assertEquals(known.get(current.profile()), current);
  }
}
