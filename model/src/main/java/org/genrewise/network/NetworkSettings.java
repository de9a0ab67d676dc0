package org.genrewise.network;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.genrewise.picture.ImageFormat;
import org.genrewise.picture.PictureRenderer;

/**
 * The shape of a {@code Vgg19Bn}.
 *
 * @param classes number of classes, from 2 to 65,536
 * @param inputSize height and width of the picture in pixels, a multiple of 32 from 32 to 1024
 *     (default 224)
 * @param channels output channels of the 16 convolutions, at most 65,536 each
 * @param head sizes of the hidden dense layers, in order; at most 16 of at most 65,536
 * @param dropout probability that a value entering a hidden dense layer is dropped, from 0 to below
 *     1 (default 0.5)
 * @param imageFormat of the images that its pictures are resized from (default LOSSLESS)
 */
public record NetworkSettings(
    int classes,
    int inputSize,
    List<Integer> channels,
    List<Integer> head,
    double dropout,
    ImageFormat imageFormat)
    implements Serializable {

  /** Convolutions in each of the five blocks; a 2 x 2 max pool follows each block. */
  public static final List<Integer> BLOCKS = List.of(2, 2, 4, 4, 4);

  /** Simonyan and Zisserman, "Very Deep Convolutional Networks", configuration E. */
  private static final List<Integer> VGG19_CHANNELS =
      List.of(64, 64, 128, 128, 256, 256, 256, 256, 512, 512, 512, 512, 512, 512, 512, 512);

  /** The head of the ccmusic music_genre network. */
  private static final List<Integer> CCMUSIC_HEAD = List.of(3958, 629, 100);

  private static final int NARROWEST_HIDDEN = 100;

  /** Most outputs of a layer; with more, numbers of values could overflow. */
  public static final int LARGEST_LAYER = 1 << 16;

  /** Most hidden dense layers. */
  public static final int MOST_HIDDEN = 16;

  public static final double DEFAULT_DROPOUT = 0.5;
  public static final int CHANNELS_IN = 3;

  public NetworkSettings {
    channels = List.copyOf(channels);
    head = List.copyOf(head);
    require(
        classes >= 2 && classes <= LARGEST_LAYER,
        "classes must be from 2 to %d, not %d".formatted(LARGEST_LAYER, classes));
    require(
        inputSize >= 32 && inputSize <= 1024 && inputSize % 32 == 0,
        "input-size must be a multiple of 32 from 32 to 1024, not " + inputSize);
    int convolutions = BLOCKS.stream().mapToInt(Integer::intValue).sum();
    require(
        channels.size() == convolutions && channels.stream().allMatch(NetworkSettings::isSize),
        "channels must be %d numbers from 1 to %d, not %s"
            .formatted(convolutions, LARGEST_LAYER, channels));
    require(
        head.size() <= MOST_HIDDEN && head.stream().allMatch(NetworkSettings::isSize),
        "head must hold at most %d sizes from 1 to %d, not %s"
            .formatted(MOST_HIDDEN, LARGEST_LAYER, head));
    require(dropout >= 0 && dropout < 1, "dropout must be from 0 to below 1, not " + dropout);
  }

  /** With pictures of lossless images. */
  public NetworkSettings(
      int classes, int inputSize, List<Integer> channels, List<Integer> head, double dropout) {
    this(classes, inputSize, channels, head, dropout, ImageFormat.LOSSLESS);
  }

  /** This network for other pictures. */
  public NetworkSettings withImageFormat(ImageFormat format) {
    return new NetworkSettings(classes, inputSize, channels, head, dropout, format);
  }

  /** What draws the pictures that this network sees. */
  public PictureRenderer pictureRenderer() {
    return new PictureRenderer(inputSize, inputSize, imageFormat);
  }

  /**
   * VGG19 with the ccmusic head, every channel count and hidden size scaled by the width. No hidden
   * layer becomes narrower than 100, the narrowest of the full head: a bottleneck of a dozen
   * rectified units dies in the first steps and never leaves chance.
   */
  public static NetworkSettings of(int classes, Width width, int inputSize) {
    return new NetworkSettings(
        classes,
        inputSize,
        VGG19_CHANNELS.stream().map(width::scale).toList(),
        CCMUSIC_HEAD.stream().map(size -> Math.max(width.scale(size), NARROWEST_HIDDEN)).toList(),
        DEFAULT_DROPOUT);
  }

  /** Height and width of the map that the last pool leaves. */
  public int featureSize() {
    return inputSize >> BLOCKS.size();
  }

  /** Values that enter the first dense layer. */
  public int featureCount() {
    return featureSize() * featureSize() * channels.get(channels.size() - 1);
  }

  /** Values that enter the last layer: a picture's embedding. */
  public int embeddingSize() {
    return head.isEmpty() ? featureCount() : head.get(head.size() - 1);
  }

  /** Number of trainable parameters; running statistics are not counted. */
  public long parameterCount() {
    long convolutions =
        IntStream.range(0, channels.size())
            .mapToLong(
                i -> (9L * (i == 0 ? CHANNELS_IN : channels.get(i - 1)) + 3) * channels.get(i))
            .sum();
    long dense = 0;
    int in = featureCount();
    for (int out :
        IntStream.concat(head.stream().mapToInt(h -> h), IntStream.of(classes)).toArray()) {
      dense += (in + 1L) * out;
      in = out;
    }
    return convolutions + dense;
  }

  private static boolean isSize(int size) {
    return size >= 1 && size <= LARGEST_LAYER;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
