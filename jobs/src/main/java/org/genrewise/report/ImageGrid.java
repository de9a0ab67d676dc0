package org.genrewise.report;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Pictures with captions, as many side by side as the page has room for.
 *
 * @param title what the pictures have in common
 * @param images in the order in which they are shown
 */
public record ImageGrid(String title, List<Image> images) implements Block {

  /** PNG's signature (ISO/IEC 15948, 5.2). */
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  /**
   * One picture.
   *
   * @param caption stands below it
   * @param alternative what it shows, for readers who do not see it
   * @param png the bytes of a PNG file; embedded as they are
   */
  public record Image(String caption, String alternative, byte[] png) {

    public Image {
      Objects.requireNonNull(caption, "caption");
      Objects.requireNonNull(alternative, "alternative");
      png = png.clone();
      for (int index = 0; index < SIGNATURE.length; index++) {
        if (png.length <= index || png[index] != SIGNATURE[index]) {
          throw new IllegalArgumentException(
              "the picture \"" + caption + "\" is not a PNG file; encode it as PNG first");
        }
      }
    }

    @Override
    public byte[] png() {
      return png.clone();
    }
  }

  public ImageGrid {
    Objects.requireNonNull(title, "title");
    images = List.copyOf(images);
  }

  @Override
  public String html() {
    return images.stream()
        .map(ImageGrid::image)
        .collect(
            Collectors.joining(
                "",
                "<section class=\"images\" aria-label=\"" + Markup.escape(title) + "\">\n",
                "</section>\n"));
  }

  private static String image(Image image) {
    return "<figure><img src=\"data:image/png;base64,%s\" alt=\"%s\"/><figcaption>%s</figcaption></figure>\n"
        .formatted(
            Base64.getEncoder().encodeToString(image.png),
            Markup.escape(image.alternative),
            Markup.breakable(image.caption));
  }
}
