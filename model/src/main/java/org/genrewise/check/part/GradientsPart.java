package org.genrewise.check.part;

import java.util.List;
import org.genrewise.check.CheckPart;
import org.genrewise.check.PartContext;
import org.genrewise.check.PartFailedException;
import org.genrewise.network.ParameterTable;
import org.genrewise.network.Precision;

/** The narrow network's gradients in 32 bits against the CPU's, tensor by tensor. */
public final class GradientsPart implements CheckPart {

  /** Of a tensor; another order of sums turns a unit on or off here and there. */
  private static final double TOLERANCE = 3e-2;

  /** Of all together; 16 bits are off by 0.33 on a CPU, by the many units that they turn. */
  private static final double TF32_TOLERANCE = 0.5;

  /** Of a tensor, in TF32; one that is off by its own size has nothing right. */
  private static final double TF32_TENSOR_TOLERANCE = 1;

  /** Distances; of running statistics, of their steps. */
  record Found(
      Agreement agreement,
      double tolerance,
      double tf32Tolerance,
      Difference worst,
      Difference together,
      List<Difference> differences) {}

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
    Difference together = Difference.together(table, actual.gradient(), expected.gradient());
    Agreement agreement =
        Agreement.of(worst, TOLERANCE, TF32_TENSOR_TOLERANCE)
            .and(Agreement.of(together, TOLERANCE, TF32_TOLERANCE));
    context.results(new Found(agreement, TOLERANCE, TF32_TOLERANCE, worst, together, differences));
    context.summary(
        "agreement %s: off by %.1e together, %s by %.1e"
            .formatted(
                agreement.text(),
                together.relativeDistance(),
                worst.tensor(),
                worst.relativeDistance()));
    if (agreement == Agreement.NONE) {
      throw new PartFailedException(
          "the gradients are off the CPU's by %.2e of their size, that of %s by %.2e; %s and %s are allowed"
              .formatted(
                  together.relativeDistance(),
                  worst.tensor(),
                  worst.relativeDistance(),
                  TF32_TOLERANCE,
                  TF32_TENSOR_TOLERANCE));
    }
  }
}
