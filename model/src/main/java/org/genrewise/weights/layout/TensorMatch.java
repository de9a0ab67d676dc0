package org.genrewise.weights.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.genrewise.weights.Tensor;
import org.genrewise.weights.pickle.Shown;

/** Compares the tensors of a file with those that a network has, and tells every difference. */
final class TensorMatch {
  private static final String LISTED = "\n    ";
  private static final int MOST_LISTED = 200;

  private final String prefix;
  private final Map<String, Tensor> left = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param prefix of the names that are meant; others are not looked at
   */
  TensorMatch(Map<String, Tensor> tensors, String prefix) {
    this.prefix = prefix;
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            left.put(name.substring(prefix.length()), tensor);
          }
        });
  }

  /** A tensor that must be there, of numbers that 32-bit floats hold. */
  void require(String name, List<Long> shape) {
    Tensor tensor = left.remove(name);
    if (tensor == null) {
      missing.add(prefix + name + " " + shape);
    } else if (!tensor.shape().equals(shape)) {
      wrong.add("%s is %s, must be %s".formatted(prefix + name, tensor.shape(), shape));
    } else if (!tensor.type().fitsFloat()) {
      wrong.add("%s is %s, must be F32, F16 or BF16".formatted(prefix + name, tensor.type()));
    }
  }

  /** A tensor that may be there, and is of no use. */
  void allow(String name) {
    left.remove(name);
  }

  /** All differences in one text of some lines; empty if there are none. */
  Optional<String> differences() {
    List<String> lines = new ArrayList<>();
    list(lines, "missing", missing);
    list(
        lines,
        "not expected",
        left.entrySet().stream()
            .map(entry -> Shown.name(prefix + entry.getKey()) + " " + entry.getValue())
            .toList());
    list(lines, "of a wrong shape or type", wrong);
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
  }

  private static void list(List<String> lines, String what, List<String> names) {
    if (!names.isEmpty()) {
      int more = names.size() - MOST_LISTED;
      lines.add(
          "  %s:%s%s%s"
              .formatted(
                  what,
                  LISTED,
                  names.stream().limit(MOST_LISTED).collect(Collectors.joining(LISTED)),
                  more > 0 ? LISTED + "and %,d more".formatted(more) : ""));
    }
  }
}
