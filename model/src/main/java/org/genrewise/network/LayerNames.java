package org.genrewise.network;

import java.util.ArrayList;
import java.util.List;

/**
 * What PyTorch calls the layers of torchvision's {@code vgg19_bn} with the ccmusic head: their
 * positions in the {@code Sequential}s {@code features} (convolution, batch norm, ReLU, ..., pool)
 * and {@code classifier} (dropout, dense, ReLU, ..., dense).
 *
 * @param convolutions of the 16 convolutions; its batch norm comes one position later
 * @param pools of the 5 pools
 * @param dense of the hidden dense layers and of the one that gives the logits
 */
record LayerNames(List<String> convolutions, List<String> pools, List<String> dense) {

  static LayerNames of(NetworkSettings settings) {
    List<String> convolutions = new ArrayList<>();
    List<String> pools = new ArrayList<>();
    int position = 0;
    for (int count : NetworkSettings.BLOCKS) {
      for (int i = 0; i < count; i++) {
        convolutions.add("features." + position);
        position += 3;
      }
      pools.add("features." + position++);
    }
    List<String> dense = new ArrayList<>();
    for (int i = 0; i < settings.head().size(); i++) {
      dense.add("classifier." + (3 * i + 1));
    }
    dense.add("classifier." + 3 * settings.head().size());
    return new LayerNames(convolutions, pools, dense);
  }

  /** The batch norm that belongs to a convolution. */
  static String batchNorm(String convolution) {
    int dot = convolution.indexOf('.') + 1;
    return convolution.substring(0, dot) + (Integer.parseInt(convolution.substring(dot)) + 1);
  }

  String logits() {
    return dense.get(dense.size() - 1);
  }
}
