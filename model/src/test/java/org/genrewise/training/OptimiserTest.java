package org.genrewise.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OptimiserTest {
  private final Config golden = ConfigFactory.parseResources("training/golden.json");

  @Test
  void momentumTakesTheStepsOfPyTorch() {
    Momentum momentum = new Momentum(0.1, 0.9);
    MomentumUpdater updater = momentum.instantiate(Nd4j.zeros(DataType.FLOAT, 1, 3), true);
    INDArray parameters = Nd4j.createFromArray(row("parameters", 0)).castTo(DataType.FLOAT);
    for (int step = 0; step < 4; step++) {
      momentum.setLrAndSchedule(golden.getDoubleList("sgd_rates").get(step), null);
      INDArray gradient = Nd4j.createFromArray(row("gradients", step)).castTo(DataType.FLOAT);
      updater.applyUpdater(gradient, step, 0);
      parameters.subi(gradient);

      assertArrayEquals(row("parameters", step + 1), parameters.toDoubleVector(), 1e-6);
    }
  }

  @Test
  void theRateFallsOnAPlateauAsInPyTorch() {
    DoubleUnaryOperator schedule = LearningRateSchedule.REDUCE_ON_PLATEAU.start(0.01);
    List<Double> rates = golden.getDoubleList("rates");
    List<Double> losses = golden.getDoubleList("losses");
    for (int epoch = 0; epoch < losses.size(); epoch++) {
      assertEquals(rates.get(epoch), schedule.applyAsDouble(losses.get(epoch)), 1e-12);
    }
  }

  @Test
  void aConstantRateStays() {
    assertEquals(0.01, LearningRateSchedule.CONSTANT.start(0.01).applyAsDouble(7));
  }

  @Test
  void balancedWeightsAreInInverseProportionToTheCounts() {
    assertArrayEquals(
        new float[] {0.5f, 2, 1, 2}, ClassWeighting.BALANCED.weights(new long[] {8, 2, 0, 2}));
    assertArrayEquals(new float[] {1, 1}, ClassWeighting.NONE.weights(new long[] {8, 2}));
  }

  private double[] row(String name, int index) {
    List<?> row = (List<?>) golden.getList(name).get(index).unwrapped();
    return row.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }
}
