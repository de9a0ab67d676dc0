package org.genrewise.weights.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.PyTorchParameters;
import org.genrewise.network.Width;
import org.genrewise.weights.Tensor;
import org.genrewise.weights.WeightsException;
import org.genrewise.weights.pickle.Shown;

/**
 * The network whose parameters a checkpoint holds, as its tensors' shapes give it, and which of
 * them are taken. A file in which any tensor is missing, not expected or of another shape is
 * refused.
 *
 * @param layout never AUTO
 * @param network the shape of the whole network
 * @param prefix of the tensors' names in the file
 */
public record CheckpointLayout(Layout layout, NetworkSettings network, String prefix) {
  private static final String FEATURES = "features.";
  private static final String VARIANCE = "running_var";
  private static final List<String> TORCHVISION_HEAD =
      List.of("classifier.0", "classifier.3", "classifier.6");

  /** VGG19's own sizes stand where a file says nothing. */
  private static final NetworkSettings VGG19 =
      NetworkSettings.of(Ccmusic.CLASSES.size(), Width.FULL, 224);

  /**
   * The dense layers that are put on torchvision's features, and the pictures.
   *
   * @param classes number of classes
   * @param hidden sizes of the hidden dense layers
   * @param inputSize height and width of the pictures in pixels
   */
  public record Head(int classes, List<Integer> hidden, int inputSize) {}

  /**
   * Looks at the names and shapes of a file's tensors.
   *
   * @param asked not GENREWISE, which needs no looking
   * @param head for torchvision's features
   * @param dropout of the network, from 0 to below 1
   * @throws WeightsException if they do not fit; the message names every difference
   */
  public static CheckpointLayout of(
      Map<String, Tensor> tensors, Layout asked, String prefix, Head head, double dropout) {
    Layout layout = asked == Layout.AUTO ? recognised(tensors.keySet(), prefix) : asked;
    Sizes sizes = new Sizes(tensors, prefix);
    NetworkSettings network =
        layout == Layout.TORCHVISION
            ? new NetworkSettings(
                head.classes(), head.inputSize(), sizes.channels(), head.hidden(), dropout)
            : sizes.network(dropout);
    CheckpointLayout found = new CheckpointLayout(layout, network, prefix);
    found.requireTensors(tensors);
    return found;
  }

  private static Layout recognised(Set<String> names, String prefix) {
    boolean torchvision =
        TORCHVISION_HEAD.stream().allMatch(name -> names.contains(prefix + name + ".weight"));
    return torchvision ? Layout.TORCHVISION : Layout.CCMUSIC;
  }

  /**
   * Whether a tensor of the file is a tensor of the network, or is ours to begin.
   *
   * @param name by PyTorch's names, without the prefix
   */
  public boolean takes(String name) {
    return layout != Layout.TORCHVISION || name.startsWith(FEATURES);
  }

  /**
   * Compares all tensors with the network's.
   *
   * @throws WeightsException that names every difference
   */
  public void requireTensors(Map<String, Tensor> tensors) {
    TensorMatch match = new TensorMatch(tensors, prefix);
    new PyTorchParameters(network)
        .shapes()
        .forEach(
            (name, shape) -> {
              if (takes(name)) {
                match.require(name, shape);
              }
              if (name.endsWith(VARIANCE)) {
                // not in files from before PyTorch 0.4.1
                match.allow(name.replace(VARIANCE, "num_batches_tracked"));
              }
            });
    if (layout == Layout.TORCHVISION) {
      requireTorchvisionHead(match, new Sizes(tensors, prefix));
    }
    match
        .differences()
        .ifPresent(
            differences -> {
              throw new WeightsException(
                  "it is no VGG19 with batch norm in the layout %s:\n%s%s"
                      .formatted(
                          layout.name().toLowerCase(Locale.ROOT),
                          differences,
                          hint(tensors.keySet())));
            });
  }

  private void requireTorchvisionHead(TensorMatch match, Sizes sizes) {
    long in = (long) sizes.lastChannels() * 7 * 7;
    for (String dense : TORCHVISION_HEAD) {
      long out = sizes.outputs(dense, 1);
      match.require(dense + ".weight", List.of(out, in));
      match.require(dense + ".bias", List.of(out));
      in = out;
    }
  }

  private String hint(Set<String> names) {
    String first = FEATURES + "0.weight";
    return names.stream()
        .filter(name -> name.endsWith("." + first) && !name.equals(prefix + first))
        .map(name -> name.substring(0, name.length() - first.length()))
        .findFirst()
        .map(
            found ->
                "\nthere are such tensors below '%s': say --set prefix=%s"
                    .formatted(Shown.name(found), Shown.name(found)))
        .orElse("");
  }

  /** The sizes of layers, by the biases, or else by the weights. */
  private record Sizes(Map<String, Tensor> tensors, String prefix) {

    /** Only what can be true: a wrong shape is told when shapes are compared. */
    int outputs(String layer, int otherwise) {
      for (String name : List.of(layer + ".bias", layer + ".weight")) {
        Tensor tensor = tensors.get(prefix + name);
        if (tensor != null && !tensor.shape().isEmpty()) {
          long size = tensor.shape().get(0);
          if (size > 0 && size <= NetworkSettings.LARGEST_LAYER) {
            return (int) size;
          }
        }
      }
      return otherwise;
    }

    List<Integer> channels() {
      List<Integer> channels = new ArrayList<>();
      int position = 0;
      for (int convolutions : NetworkSettings.BLOCKS) {
        for (int i = 0; i < convolutions; i++) {
          channels.add(outputs(FEATURES + position, VGG19.channels().get(channels.size())));
          position += 3;
        }
        position++;
      }
      return channels;
    }

    int lastChannels() {
      List<Integer> channels = channels();
      return channels.get(channels.size() - 1);
    }

    NetworkSettings network(double dropout) {
      List<Integer> hidden = new ArrayList<>();
      int layers = hiddenLayers();
      for (int i = 0; i < layers; i++) {
        int usual = i < VGG19.head().size() ? VGG19.head().get(i) : 1;
        hidden.add(outputs("classifier." + (3 * i + 1), usual));
      }
      return new NetworkSettings(
          Math.max(2, outputs("classifier." + 3 * layers, VGG19.classes())),
          inputSize(layers == 0 ? "classifier.0" : "classifier.1"),
          channels(),
          hidden,
          dropout);
    }

    private int hiddenLayers() {
      Predicate<String> there = name -> tensors.containsKey(prefix + name);
      int layers = 0;
      for (int i = 0;
          i < NetworkSettings.MOST_HIDDEN && there.test("classifier." + (3 * i + 1) + ".weight");
          i++) {
        layers = i + 1;
      }
      boolean none = layers == 0 && !there.test("classifier.0.weight");
      return none ? VGG19.head().size() : layers;
    }

    /** From the values that enter the first dense layer: a map of (size / 32) squared. */
    private int inputSize(String firstDense) {
      Tensor weight = tensors.get(prefix + firstDense + ".weight");
      if (weight != null && weight.shape().size() == 2) {
        long map = weight.shape().get(1) / lastChannels();
        long side = Math.round(Math.sqrt(map));
        if (side >= 1 && side <= 32) {
          return (int) side * 32;
        }
      }
      return VGG19.inputSize();
    }
  }
}
