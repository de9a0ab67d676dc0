package org.genrewise.check.part;

import java.util.List;
import org.genrewise.check.CheckPart;
import org.genrewise.check.PartContext;
import org.genrewise.check.PartFailedException;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.Precision;

/** The narrow network in 16 bits against 32 bits, both on this device. */
public final class Float16Part implements CheckPart {

  /** Of probabilities. */
  private static final double FORWARD_TOLERANCE = 0.02;

  /** Of all gradients together; a single tensor is off by more where units turn on or off. */
  private static final double GRADIENT_TOLERANCE = 0.5;

  private static final double LOSS_SCALE = 1024;

  /** Distances of 16 bits from 32 bits. */
  record Found(
      double lossScale,
      double lossFloat16,
      double lossFloat32,
      double forwardTolerance,
      double gradientTolerance,
      List<Difference> forward,
      Difference gradientsTogether,
      List<Difference> gradients) {}

  @Override
  public String name() {
    return "float16";
  }

  @Override
  public void run(PartContext context) throws Exception {
    context.decideDevice();
    Outputs wide = NarrowNetwork.compute(Precision.FLOAT32, 1);
    context.progress(0.5, "16 bits");
    Outputs half = NarrowNetwork.compute(Precision.FLOAT16, LOSS_SCALE);
    Difference probabilities =
        Difference.of("probabilities", half.probabilities(), wide.probabilities());
    ParameterTable table = ParameterTable.of(NarrowNetwork.SETTINGS);
    Difference together = Difference.together(table, half.gradient(), wide.gradient());
    context.results(
        new Found(
            LOSS_SCALE,
            half.loss(),
            wide.loss(),
            FORWARD_TOLERANCE,
            GRADIENT_TOLERANCE,
            List.of(Difference.of("logits", half.logits(), wide.logits()), probabilities),
            together,
            Difference.of(table, half.gradient(), wide.gradient())));
    context.summary(
        "probabilities off by %.1e of their size (%.0e allowed), gradients by %.1e (%.0e)"
            .formatted(
                probabilities.relativeDistance(),
                FORWARD_TOLERANCE,
                together.relativeDistance(),
                GRADIENT_TOLERANCE));
    if (!probabilities.isWithin(FORWARD_TOLERANCE) || !together.isWithin(GRADIENT_TOLERANCE)) {
      throw new PartFailedException("16 bits are further from 32 bits than rounding explains");
    }
  }
}
