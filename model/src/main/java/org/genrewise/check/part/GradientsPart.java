package org.genrewise.check.part;

import java.util.List;
import org.genrewise.check.CheckPart;
import org.genrewise.check.PartContext;
import org.genrewise.check.PartFailedException;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.Precision;

/** The narrow network's gradients in 32 bits against the CPU's, tensor by tensor. */
public final class GradientsPart implements CheckPart {

  /** Room for TF32, and for units that such a rounding turns on or off. */
  private static final double TOLERANCE = 3e-2;

  /** Distances; of running statistics, of their steps. */
  record Found(
      double tolerance, Difference worst, Difference together, List<Difference> differences) {}

  @Override
  public String name() {
    return "gradients";
  }

  @Override
  public String needs() {
    return ReferencePart.NAME;
  }

  @Override
  public void run(PartContext context) throws Exception {
    Outputs expected = Outputs.read(ReferencePart.file(context.settings(), context.folder()));
    context.decideDevice();
    Outputs actual = NarrowNetwork.compute(Precision.FLOAT32, 1);
    ParameterTable table = ParameterTable.of(NarrowNetwork.SETTINGS);
    List<Difference> differences = Difference.of(table, actual.gradient(), expected.gradient());
    Difference worst = Difference.worst(differences);
    context.results(
        new Found(
            TOLERANCE,
            worst,
            Difference.together(table, actual.gradient(), expected.gradient()),
            differences));
    context.summary(
        "off by %.1e of %s at most (%.0e allowed)"
            .formatted(worst.relativeDistance(), worst.tensor(), TOLERANCE));
    if (!worst.isWithin(TOLERANCE)) {
      throw new PartFailedException(
          "the gradient of %s is off the CPU's by %.2e of its size, more than %.0e"
              .formatted(worst.tensor(), worst.relativeDistance(), TOLERANCE));
    }
  }
}
