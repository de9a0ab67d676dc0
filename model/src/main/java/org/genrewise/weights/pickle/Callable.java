package org.genrewise.weights.pickle;

import java.util.Arrays;
import java.util.Optional;

/** The functions and classes that a pickle of tensors may name; what they do is done by us. */
enum Callable {
  ORDERED_DICT("collections.OrderedDict"),
  SIZE("torch.Size"),
  /** Of PyTorch before 0.4. */
  REBUILD_TENSOR("torch._utils._rebuild_tensor"),
  REBUILD_TENSOR_V2("torch._utils._rebuild_tensor_v2"),
  REBUILD_PARAMETER("torch._utils._rebuild_parameter"),
  /** Of PyTorch before 0.4. */
  PARAMETER("torch.nn.parameter.Parameter");

  private final String path;

  Callable(String path) {
    this.path = path;
  }

  static Optional<Callable> of(String path) {
    return Arrays.stream(values()).filter(callable -> callable.path.equals(path)).findFirst();
  }
}
