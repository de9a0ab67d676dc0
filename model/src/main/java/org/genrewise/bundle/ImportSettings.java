package org.genrewise.bundle;

import java.util.List;
import org.genrewise.extraction.FeatureSettings;
import org.genrewise.picture.ImageFormat;
import org.genrewise.weights.layout.Layout;

/**
 * How a checkpoint becomes a bundle. What our own exports say of themselves goes before all of it
 * but {@code modelId} and {@code classes}, where those are given.
 *
 * @param layout of the checkpoint (default AUTO)
 * @param prefix of the names of its tensors; tensors of other names are left out (default none)
 * @param modelId what the model is to be called; empty: as the export says, or {@code imported}
 * @param classes names, in the order of the outputs; empty: ccmusic's 16 for 16 outputs, or as the
 *     export says
 * @param features what the network was trained on
 * @param images what pictures are resized from (default AUTO)
 * @param dropout of hidden dense layers in further training, from 0 to below 1
 * @param inputSize height and width of the pictures, for torchvision's features; elsewhere it
 *     follows from the first dense layer
 * @param head sizes of the new hidden dense layers on torchvision's features
 * @param seed of the first values of a new head
 */
public record ImportSettings(
    Layout layout,
    String prefix,
    String modelId,
    List<String> classes,
    FeatureSettings features,
    ImageChoice images,
    double dropout,
    int inputSize,
    List<Integer> head,
    long seed) {

  /** What pictures are resized from. */
  public enum ImageChoice {
    /**
     * JPEG for the layout ccmusic, as its own network saw them; lossless for torchvision's
     * features.
     */
    AUTO,
    LOSSLESS,
    JPEG;

    ImageFormat in(Layout layout) {
      return switch (this) {
        case AUTO -> layout == Layout.CCMUSIC ? ImageFormat.JPEG : ImageFormat.LOSSLESS;
        case LOSSLESS -> ImageFormat.LOSSLESS;
        case JPEG -> ImageFormat.JPEG;
      };
    }
  }

  public ImportSettings {
    classes = List.copyOf(classes);
    head = List.copyOf(head);
  }
}
