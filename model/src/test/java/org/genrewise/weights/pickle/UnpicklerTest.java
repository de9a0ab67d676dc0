package org.genrewise.weights.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pickles are written here as their opcodes, a character a byte; Python's pickletools names them.
 */
class UnpicklerTest {
  private static final String STORAGE =
      "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK\6tQ";

  private static final String TENSOR =
      "ctorch._utils\n_rebuild_tensor\n(" + STORAGE + "K\1(K\2K\2t(K\1K\2ttR";

  @Test
  void readsWhatPythonWrites() {
    // pickletools.dis(pickle.dumps({"a": [1, -2, 300, 70000, 2.5, None, True], 5: ("x", 2**70)},
    // 2))
    Map<?, ?> read =
        (Map<?, ?>)
            read(
                "\u0080\2}q\0(X\1\0\0\0aq\1]q\2(K\1J\u00fe\u00ff\u00ff\u00ffM,\1Jp\21\1\0G@\4\0\0\0\0\0\0N\u0088e"
                    + "K\5X\1\0\0\0xq\3\u008a\t\0\0\0\0\0\0\0\0@\u0086q\4u.");

    assertEquals(Arrays.asList(1L, -2L, 300L, 70000L, 2.5, null, true), read.get("a"));
    assertEquals(List.of("x", BigInteger.TWO.pow(70)), read.get("5"));
  }

  @Test
  void readsDictionariesOfPythonTwo() {
    Map<?, ?> read =
        (Map<?, ?>)
            read(
                "\u0080\2ccollections\nOrderedDict\n](](U\1aK\1e](T\1\0\0\0bK\2ee\u0085R}X\1\0\0\0zK\3sb.");

    assertEquals(Map.of("a", 1L, "b", 2L), read);
  }

  @Test
  void readsTensorsAndParametersOfOldFiles() {
    PickledTensor read = (PickledTensor) read("\u0080\2" + TENSOR + ".");
    PickledTensor parameter =
        (PickledTensor)
            read("\u0080\2ctorch.nn.parameter\nParameter\n" + TENSOR + "\u0085R(\u0088\u0089Ntb.");

    assertEquals(
        new PickledTensor(
            new PickledStorage("FloatStorage", "0", 6, 0), 1, List.of(2L, 2L), List.of(1L, 2L)),
        read);
    assertEquals(read, parameter);
    assertEquals(4, read.span());
  }

  @Test
  void readsViewsOfStoragesOfOldFiles() {
    String view = STORAGE.replace("tQ", "(X\1\0\0\0vK\2K\3ttQ");
    PickledStorage read = (PickledStorage) read("\u0080\2" + view + ".");

    assertEquals(new PickledStorage("FloatStorage", "0", 3, 2), read);
    refused("a view of 3 values from 4 on, of a storage of 6", view.replace("vK\2", "vK\4") + ".");
  }

  /** However a name can be said: none is looked up. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cos\nsystem\nX\1\0\0\0a\u0085R.",
        "X\2\0\0\0osX\6\0\0\0system\u0093X\1\0\0\0a\u0085R.",
        "\u008c\2os\u008c\6system\u0093\u0094\u008c\1a\u0085R.",
        "(X\1\0\0\0aios\nsystem\n.",
        "}X\1\0\0\0acos\nsystem\ns.",
        "cos\nsystem\n0}.",
        "ccollections\nOrderedDict\n)Rcos\nsystem\nb."
      })
  void anythingButTensorsIsRefusedByItsName(String opcodes) {
    refused("its pickle names os.system, which is no tensor, and nothing of it was run", opcodes);
  }

  @Test
  void whatIsNamedLikeATensorButIsNoneIsRefused() {
    refused("names torch.load", "ctorch\nload\n.");
    refused("names torch.FloatStorage.__reduce__", "ctorch\nFloatStorage.__reduce__\n.");
    refused("names torch._utils._rebuild_tensor_v3", "ctorch._utils\n_rebuild_tensor_v3\n.");
    refused("names collections.OrderedDict.update", "ccollections\nOrderedDict.update\n.");
    refused("calls what is no function", "ctorch\nFloatStorage\n)R.");
    refused("calls what is no function", "X\1\0\0\0a)R.");
    refused("names evil?[31m", "cevil\33[31m\nx\n.");
    refused("names evil?31m", "cevil\u00c2\u009b31m\nx\n.");
  }

  @Test
  void opcodesThatTensorsDoNotNeedAreRefused() {
    refused("opcode 0x82", "\u0082\1.");
    refused("opcode 0x50", "P1\n.");
    refused("opcode 0x6f", "(cos\n".substring(0, 1) + "o.");
    refused("opcode 0x97", "\u0097.");
    refused("protocol 1", "\u0080\1N.");
    refused("protocol 9", "\u0080\11N.");
  }

  @Test
  void nonsenseIsRefused() {
    refused("ends in the middle", "");
    refused("ends in the middle", "X\u00ff\u00ff\u00ff\u00ffabc.");
    refused("ends in the middle", "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fabc.");
    refused("ends in the middle", "T\u00ff\u00ff\u00ff\u00ffabc.");
    refused("ends in the middle", "\u008b\u00ff\u00ff\u00ff\u00ff.");
    refused("ends in the middle", "cos");
    refused("not UTF-8", "X\1\0\0\0\u00ff.");
    refused("empty stack", ".");
    refused("empty stack", "K\1\u0086.");
    refused("empty stack", "K\1t.");
    refused("a mark for a value", "(\u0085.");
    refused("extends what is no list", "}K\1a.");
    refused("no dictionary", "]K\1K\2s.");
    refused("a key without a value", "}(K\1u.");
    refused("neither text nor a whole number", "}]K\1s.");
    refused("neither text nor a whole number", "})K\1s.");
    refused("neither text nor a whole number", "}G\0\0\0\0\0\0\0\0K\1s.");
    refused("neither text nor a whole number", "}\u008a\11\0\0\0\0\0\0\0\0\1K\1s.");
    refused("a storage of -1 values", STORAGE.replace("K\6", "J\u00ff\u00ff\u00ff\u00ff") + ".");
    refused(
        "of a kind that is not read",
        "ctorch._utils\n_rebuild_tensor_v2\n(" + STORAGE + "K\0(t(t\u0089}}X\3\0\0\0neg\u0088stR.");
    refused("sets the state of", "ctorch.nn.parameter\nParameter\n" + TENSOR + "\u0085R(NNNNtb.");
    refused("never remembered", "h\7.");
    refused("where a name should be", "]K\1\u0093.");
    refused("no storage", "K\1Q.".replace("K\1", "(K\1K\1K\1K\1K\1t"));
    refused("where a list should be", "K\1Q.");
    refused("sets the state of", "]K\1b.");
    refused(
        "makes a parameter of what is no tensor", "ctorch._utils\n_rebuild_parameter\nK\1\u0085R.");
    refused(
        "makes a tensor of what is no storage", "ctorch._utils\n_rebuild_tensor_v2\n(K\1K\1))tR.");
  }

  @Test
  void tensorsThatCannotBeAreRefused() {
    refusedTensor("does not fit into its storage of 6 values", "K\0(K\7t(K\1t");
    refusedTensor("does not fit into its storage", "K\1(K\6t(K\1t");
    refusedTensor("does not fit into its storage", "K\0(K\2K\2t(K\6K\1t");
    refusedTensor("the shape [-1]", "K\0(J\u00ff\u00ff\u00ff\u00fft(K\1t");
    refusedTensor("the strides [-1]", "K\0(K\2t(J\u00ff\u00ff\u00ff\u00fft");
    refusedTensor("has strides", "K\0(K\2t(t");
    refusedTensor("begins at -1", "J\u00ff\u00ff\u00ff\u00ff(K\1t(K\1t");
    refusedTensor("begins at 7", "K\7(K\0t(K\1t");
    String huge = "\u008a\10\0\0\0\0\0\0\0\100";
    refusedTensor("is too large", "K\0(" + huge + huge + "t(K\0K\0t");
    refusedTensor("is too large", "K\0(" + huge + "t(" + huge + "t");
    refusedTensor("a number that is too large", "K\0(\u008a\11\0\0\0\0\0\0\0\0\1t(K\1t");
    refusedTensor("9 dimensions", "K\0(" + "K\1".repeat(9) + "t(t");
  }

  /** A short pickle can say a long thing by saying it of itself. */
  @Test
  void shortPicklesTakeNeitherLongNorMuchMemory() {
    StringBuilder pairs = new StringBuilder("\u0080\2ccollections\nOrderedDict\nq\0](");
    for (int i = 0; i < 50_000; i++) {
      pairs.append("X\1\0\0\0aN\u0086");
    }
    pairs.append("e\u0085q\1");
    String again = pairs + "h\0h\1R".repeat(500_000) + ".";
    String manyAsOne =
        "\u0080\2ccollections\nOrderedDict\n](](" + "K\1".repeat(1000) + "ee\u0085R.";
    String tensors =
        "\u0080\2ctorch._utils\n_rebuild_tensor\nq\0("
            + STORAGE
            + "K\0(t(ttq\1"
            + "h\0h\1R".repeat(100_001)
            + ".";
    String self = "\u0080\2]q\0h\0a}X\1\0\0\0ah\0s.";
    String deep = "\u0080\2" + "](".repeat(1_000_000) + "e".repeat(1_000_000) + ".";

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          refused("more entries than its length explains", again);
          refused("what are no pairs", manyAsOne);
          refused("remembers more than", "\u0080\4N" + "\u0094".repeat(1_000_001) + ".");
          refused("more than 100,000 tensors", tensors);
          assertTrue(read(self) instanceof Map);
          assertTrue(read(deep) instanceof List);
        });
  }

  /** Whatever bytes come, the answer is an object or a refusal. */
  @Test
  void anyChangeOfAPickleIsReadOrRefused() {
    byte[] good =
        bytes(
            "\u0080\2}q\0(X\1\0\0\0actorch._utils\n_rebuild_tensor_v2\nq\1("
                + STORAGE
                + "K\0(K\2K\3t(K\3K\1t\u0089"
                + "ccollections\nOrderedDict\n)RtRX\1\0\0\0bh\1u.");
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = good.clone();
      for (int j = 0; j <= random.nextInt(3); j++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      try {
        Unpickler.read(ByteBuffer.wrap(changed));
      } catch (PickleException e) {
        refused++;
      }
    }
    assertTrue(refused > 10_000, refused + " refused");
  }

  private static void refusedTensor(String reason, String rest) {
    refused(reason, "ctorch._utils\n_rebuild_tensor_v2\n(" + STORAGE + rest + "\u0089}tR.");
  }

  private static void refused(String reason, String opcodes) {
    PickleException refused = assertThrows(PickleException.class, () -> read(opcodes), reason);
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  private static Object read(String opcodes) {
    return Unpickler.read(ByteBuffer.wrap(bytes(opcodes)));
  }

  private static byte[] bytes(String opcodes) {
    return opcodes.getBytes(StandardCharsets.ISO_8859_1);
  }
}
