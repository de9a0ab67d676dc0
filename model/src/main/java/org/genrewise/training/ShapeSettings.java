package org.genrewise.training;

import java.io.Serializable;
import java.util.Map;
import org.genrewise.network.NetworkSettings;
import org.genrewise.network.Width;

/**
 * The shape of a network that starts from random weights.
 *
 * @param width by how much it is narrower than VGG19 (default 1)
 * @param inputSize height and width of the pictures in pixels, a multiple of 32 from 32 to 1024
 *     (default 224)
 * @param dropout probability that a value entering a hidden dense layer is dropped, from 0 to below
 *     1 (default 0.5)
 */
public record ShapeSettings(Width width, int inputSize, double dropout) implements Serializable {

  public static final ShapeSettings DEFAULT =
      new ShapeSettings(Width.FULL, 224, NetworkSettings.DEFAULT_DROPOUT);

  public ShapeSettings {
    // the network's own rules for input-size and dropout, applied where the user sees the message
    network(2, width, inputSize, dropout);
  }

  /** The network for a number of classes. */
  public NetworkSettings network(int classes) {
    return network(classes, width, inputSize, dropout);
  }

  Map<String, String> asMap() {
    return Map.of(
        "width", width.toString(),
        "input-size", Integer.toString(inputSize),
        "dropout", Double.toString(dropout));
  }

  private static NetworkSettings network(int classes, Width width, int inputSize, double dropout) {
    NetworkSettings shape = NetworkSettings.of(classes, width, inputSize);
    return new NetworkSettings(classes, inputSize, shape.channels(), shape.head(), dropout);
  }
}
