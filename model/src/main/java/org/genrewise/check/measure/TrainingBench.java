package org.genrewise.check.measure;

import java.io.IOException;
import java.util.Arrays;
import org.genrewise.network.NetworkSettings;
import org.genrewise.training.ComputeSettings;
import org.genrewise.training.LabelledPictures;
import org.genrewise.training.Replica;
import org.genrewise.training.Round;
import org.genrewise.training.RoundResult;
import org.genrewise.training.Share;
import org.genrewise.training.SliceTransform;
import org.genrewise.training.TrainingListener;
import org.genrewise.training.TrainingSettingsBuilder;
import org.genrewise.training.optimiser.LearningRate;
import org.genrewise.training.optimiser.LossScaleSettings;
import org.genrewise.training.optimiser.LossScaler;

/**
 * Steps of the trainer on one batch of pictures: SGD with momentum, dropout, unscaling, all of it.
 */
public final class TrainingBench implements AutoCloseable {
  private final Replica replica;
  private final int batch;
  private RoundResult last;

  /**
   * @param pictures [count, size, size, 3], row-major, values from -1 to 1
   * @param count pictures in a step
   */
  public TrainingBench(
      NetworkSettings network, float[] pictures, int count, ComputeSettings compute) {
    batch = count;
    float[] weights = new float[network.classes()];
    Arrays.fill(weights, 1);
    LabelledPictures all = new OneBatch(pictures, count, network.classes());
    replica =
        new Replica(
            TrainingSettingsBuilder.defaults()
                .batchSize(Math.max(8, count))
                .compute(compute)
                .build(),
            network,
            new Share(0, all, all),
            weights,
            TrainingListener.NONE);
  }

  /** One step. */
  public RoundResult step() throws IOException {
    LossScaler.State scale =
        last == null ? new LossScaler(LossScaleSettings.DEFAULT).state() : last.lossScale();
    long steps = last == null ? 0 : last.steps();
    last = replica.learn(new Round(1, 0, 1, "", "", steps, batch, scale, LearningRate.start()));
    return last;
  }

  /** Memory of this process after the last step, in bytes. */
  public long bytes() {
    return last.bytes();
  }

  @Override
  public void close() {
    replica.close();
  }

  private record OneBatch(float[] values, int size, int classes) implements LabelledPictures {
    @Override
    public int label(int picture) {
      return picture % classes;
    }

    @Override
    public void draw(int picture, SliceTransform transform, float[] target, int offset) {
      int length = values.length / size;
      System.arraycopy(values, picture * length, target, offset, length);
    }
  }
}
