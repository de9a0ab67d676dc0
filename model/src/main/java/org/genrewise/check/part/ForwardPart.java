package org.genrewise.check.part;

import java.util.List;
import org.genrewise.check.CheckPart;
import org.genrewise.check.PartContext;
import org.genrewise.check.PartFailedException;
import org.genrewise.network.Precision;

/** The narrow network's outputs in 32 bits against the CPU's. */
public final class ForwardPart implements CheckPart {

  /** Room for TF32, which a GPU's libraries may multiply in: 10 bits of each factor. */
  private static final double TOLERANCE = 5e-3;

  /** Loss in training mode, and distances. */
  record Found(double loss, double expectedLoss, double tolerance, List<Difference> differences) {}

  @Override
  public String name() {
    return "forward";
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
    List<Difference> differences =
        List.of(
            Difference.of("logits", actual.logits(), expected.logits()),
            Difference.of("probabilities", actual.probabilities(), expected.probabilities()),
            Difference.of(
                "loss",
                new float[] {(float) actual.loss()},
                new float[] {(float) expected.loss()}));
    context.results(new Found(actual.loss(), expected.loss(), TOLERANCE, differences));
    Difference worst = Difference.worst(differences);
    context.summary(
        "off by %.1e of the %s at most (%.0e allowed)"
            .formatted(worst.relativeDistance(), worst.tensor(), TOLERANCE));
    if (!worst.isWithin(TOLERANCE)) {
      throw new PartFailedException(
          "%s of this device are off the CPU's by %.2e of their size, more than %.0e"
              .formatted(worst.tensor(), worst.relativeDistance(), TOLERANCE));
    }
  }
}
