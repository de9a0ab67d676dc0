package org.genrewise.check.part;

import java.nio.file.Files;
import java.nio.file.Path;
import org.genrewise.check.CheckPart;
import org.genrewise.check.CheckSettings;
import org.genrewise.check.PartContext;
import org.genrewise.device.DeviceChoice;
import org.genrewise.network.Precision;

/**
 * The narrow network on the CPU, in 32 bits: what a GPU's results are compared with. It is computed
 * by the same program on the same machine, and not kept in a resource, which would be wrong as soon
 * as the network changes and would be compared with other options' results.
 */
public final class ReferencePart implements CheckPart {
  static final String NAME = "reference";

  /** Where the results came from. */
  record Source(String network, String source) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DeviceChoice device(DeviceChoice asked) {
    return DeviceChoice.CPU;
  }

  @Override
  public boolean isOnDevice() {
    return false;
  }

  @Override
  public void run(PartContext context) throws Exception {
    Path file = file(context.settings(), context.folder());
    boolean there = Files.exists(file);
    if (there) {
      Outputs.read(file);
    } else {
      context.decideDevice();
      Outputs outputs = NarrowNetwork.compute(Precision.FLOAT32, 1);
      outputs.write(file, "cpu");
    }
    String source = there ? "read from " + file : "computed on this machine's CPU";
    context.results(new Source(NarrowNetwork.DESCRIPTION, source));
    context.summary("%s; %s".formatted(NarrowNetwork.DESCRIPTION, source));
  }

  /** Where its results are once it has run. */
  static Path file(CheckSettings settings, Path folder) {
    return settings.reference().orElse(folder.resolve("reference.safetensors"));
  }
}
