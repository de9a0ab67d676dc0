package org.genrewise.training;

import java.io.Serializable;
import java.util.Map;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Width;
import org.genrewise.picture.ImageFormat;

/**
 * The shape of a network that starts from random weights.
 *
 * @param width by how much it is narrower than VGG19 (default 1)
 * @param inputSize height and width of the pictures in pixels, a multiple of 32 from 32 to 1024
 *     (default 224)
 * @param dropout probability that a value entering a hidden dense layer is dropped, from 0 to below
 *     1 (default 0.5)
 * @param imageFormat of the images that its pictures are resized from (default LOSSLESS)
 */
public record ShapeSettings(Width width, int inputSize, double dropout, ImageFormat imageFormat)
    implements Serializable {

  public static final ShapeSettings DEFAULT =
      new ShapeSettings(Width.FULL, 224, NetworkSettings.DEFAULT_DROPOUT, ImageFormat.LOSSLESS);

  public ShapeSettings {
    // the network's own rules for input-size and dropout, applied where the user sees the message
    network(2, width, inputSize, dropout, imageFormat);
  }

  /** The network for a number of classes. */
  public NetworkSettings network(int classes) {
    return network(classes, width, inputSize, dropout, imageFormat);
  }

  Map<String, String> asMap() {
    return Map.of(
        "width", width.toString(),
        "input-size", Integer.toString(inputSize),
        "dropout", Double.toString(dropout),
        "image-format", TrainingSettings.text(imageFormat));
  }

  private static NetworkSettings network(
      int classes, Width width, int inputSize, double dropout, ImageFormat imageFormat) {
    NetworkSettings shape = NetworkSettings.of(classes, width, inputSize);
    return new NetworkSettings(
        classes, inputSize, shape.channels(), shape.head(), dropout, imageFormat);
  }
}
