package org.genrewise.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.genrewise.weights.pickle.PickledTensor;
import org.genrewise.weights.pickle.Shown;

/**
 * The tensors of an unpickled object by name. Where dictionaries lie in dictionaries, as in {@code
 * {"state_dict": {...}, "epoch": 3}}, the keys are joined by dots; what is no tensor is left out.
 */
final class StateDict {
  private static final int DEEPEST = 8;
  private static final int MOST_ENTRIES = 1_000_000;
  private static final int MOST_TENSORS = 100_000;
  private static final int LONGEST_NAME = 512;

  private final Map<String, PickledTensor> views = new LinkedHashMap<>();
  private int entries;

  private StateDict() {}

  /**
   * @throws WeightsException if it holds no tensor, or is nested too deep
   */
  static StateDict of(Object unpickled) {
    StateDict dictionary = new StateDict();
    if (unpickled instanceof Map<?, ?> root) {
      dictionary.collect("", root, 1);
    }
    if (dictionary.views.isEmpty()) {
      throw new WeightsException("it holds no dictionary of tensors");
    }
    return dictionary;
  }

  private void collect(String prefix, Map<?, ?> from, int depth) {
    if (depth > DEEPEST) {
      throw new WeightsException(
          "its dictionaries are nested more than %d deep".formatted(DEEPEST));
    }
    from.forEach(
        (key, value) -> {
          // dictionaries may be shared, so a short file can be a long walk
          if (++entries > MOST_ENTRIES) {
            throw new WeightsException(
                "its dictionaries have more than %,d entries".formatted(MOST_ENTRIES));
          }
          String name = prefix + key;
          if (name.length() > LONGEST_NAME || views.size() >= MOST_TENSORS) {
            throw new WeightsException(
                "its tensors have longer names than %d characters, or are more than %,d"
                    .formatted(LONGEST_NAME, MOST_TENSORS));
          }
          if (value instanceof PickledTensor tensor && views.put(name, tensor) != null) {
            throw new WeightsException("two of its tensors are named " + Shown.name(name));
          }
          if (value instanceof Map<?, ?> inner) {
            collect(name + ".", inner, depth + 1);
          }
        });
  }

  Map<String, PickledTensor> views() {
    return Collections.unmodifiableMap(views);
  }

  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    views.forEach((name, view) -> tensors.put(name, new Tensor(type(view), view.shape())));
    return Collections.unmodifiableMap(tensors);
  }

  static TensorType type(PickledTensor view) {
    return switch (view.storage().type()) {
      case "DoubleStorage" -> TensorType.F64;
      case "FloatStorage" -> TensorType.F32;
      case "HalfStorage" -> TensorType.F16;
      case "BFloat16Storage" -> TensorType.BF16;
      case "LongStorage" -> TensorType.I64;
      case "IntStorage" -> TensorType.I32;
      case "ShortStorage" -> TensorType.I16;
      case "CharStorage" -> TensorType.I8;
      case "ByteStorage" -> TensorType.U8;
      case "BoolStorage" -> TensorType.BOOL;
      default -> throw new IllegalStateException("unknown storage " + view.storage().type());
    };
  }
}
