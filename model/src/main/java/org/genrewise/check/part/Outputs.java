package org.genrewise.check.part;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genrewise.weights.SafetensorsFile;
import org.genrewise.weights.SafetensorsWriter;
import org.genrewise.weights.WeightsException;

/**
 * What the narrow network computed.
 *
 * @param logits of the compiled network, [pictures, classes], row-major
 * @param probabilities of the training graph in evaluation mode, the same shape
 * @param loss of the batch in training mode, in nats
 * @param gradient of all parameters, unscaled, as the parameter table lays them out
 */
record Outputs(float[] logits, float[] probabilities, double loss, float[] gradient) {
  private static final String NETWORK = "network";
  private static final String DEVICE = "device";

  /**
   * Writes a file of tensors.
   *
   * @param device that computed them
   */
  void write(Path file, String device) throws IOException {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    tensors.put("logits", logits);
    tensors.put("probabilities", probabilities);
    tensors.put("loss", new float[] {(float) loss});
    tensors.put("gradient", gradient);
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    tensors.forEach((name, values) -> shapes.put(name, List.of((long) values.length)));
    SafetensorsWriter.write(
        file,
        shapes,
        Map.of(NETWORK, NarrowNetwork.DESCRIPTION, DEVICE, device),
        (name, sink) -> sink.accept(tensors.get(name), tensors.get(name).length));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws WeightsException if it is something else, or of another network
   */
  static Outputs read(Path file) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      String network = tensors.metadata().getOrDefault(NETWORK, "no network of the check");
      if (!network.equals(NarrowNetwork.DESCRIPTION)) {
        throw new WeightsException(
            "%s holds the results of another network, %s; this program checks %s: write the file anew"
                .formatted(file, network, NarrowNetwork.DESCRIPTION));
      }
      return new Outputs(
          tensors.floats("logits"),
          tensors.floats("probabilities"),
          tensors.floats("loss")[0],
          tensors.floats("gradient"));
    }
  }
}
