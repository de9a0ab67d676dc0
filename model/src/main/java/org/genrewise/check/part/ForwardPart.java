package org.genrewise.check.part;

import java.util.List;
import org.genrewise.check.CheckPart;
import org.genrewise.check.PartContext;
import org.genrewise.check.PartFailedException;
import org.genrewise.network.Precision;

/** The narrow network's outputs in 32 bits against the CPU's. */
public final class ForwardPart implements CheckPart {

  private static final double TOLERANCE = 1e-4;

  /** 16 bits are off by 0.0012 on a CPU. */
  private static final double TF32_TOLERANCE = 5e-3;

  /** Loss in training mode, and distances. */
  record Found(
      Agreement agreement,
      double loss,
      double expectedLoss,
      double tolerance,
      double tf32Tolerance,
      List<Difference> differences) {}

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
    Difference worst = Difference.worst(differences);
    Agreement agreement = Agreement.of(worst, TOLERANCE, TF32_TOLERANCE);
    context.results(
        new Found(
            agreement, actual.loss(), expected.loss(), TOLERANCE, TF32_TOLERANCE, differences));
    context.summary(
        "agreement %s: %s off by %.1e at most"
            .formatted(agreement.text(), worst.tensor(), worst.relativeDistance()));
    if (agreement == Agreement.NONE) {
      throw new PartFailedException(
          "%s of this device are off the CPU's by %.2e of their size, more than %.0e"
              .formatted(worst.tensor(), worst.relativeDistance(), TF32_TOLERANCE));
    }
  }
}
