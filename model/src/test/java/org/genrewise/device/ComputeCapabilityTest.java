package org.genrewise.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeCapabilityTest {

  @Test
  void itReadsWhatTheDriverWrites() {
    assertEquals(new ComputeCapability(8, 6), ComputeCapability.parse(" 8.6 "));
    assertEquals("12.0", ComputeCapability.parse("12.0").toString());
  }

  @Test
  void theOrderIsThatOfNumbersNotOfText() {
    assertTrue(ComputeCapability.parse("12.0").compareTo(ComputeCapability.parse("9.0")) > 0);
    assertTrue(ComputeCapability.parse("8.10").compareTo(ComputeCapability.parse("8.9")) > 0);
    assertEquals(0, ComputeCapability.parse("3.7").compareTo(new ComputeCapability(3, 7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "8.", "[N/A]", "8.6.1", "-8.6", "99999999999.0"})
  void otherTextIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ComputeCapability.parse(text));
  }
}
