package org.genrewise.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes a {@link SoftmaxOutput}. A batch has few logits, so all but the gradient is worked on in
 * Java, in double precision.
 */
final class SoftmaxOutputLayer extends BlockLayer<SoftmaxOutput> implements IOutputLayer {

  private transient INDArray labels;
  private transient double lossScale = 1;
  private transient boolean lossToldElsewhere;

  SoftmaxOutputLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    float[][] rows = input.toFloatMatrix();
    for (float[] row : rows) {
      double[] p = CrossEntropy.softmax(row);
      for (int c = 0; c < row.length; c++) {
        row[c] = (float) p[c];
      }
    }
    return write(rows, ArrayType.ACTIVATIONS, workspaces);
  }

  /** What gradients are multiplied by on their way back, so that FP16 does not lose them. */
  void setLossScale(double scale) {
    lossScale = scale;
  }

  /** The score is asked for after each pass; who computes the loss elsewhere need not wait here. */
  void setLossToldElsewhere() {
    lossToldElsewhere = true;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray none, LayerWorkspaceMgr workspaces) {
    INDArray gradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape());
    double factor = lossScale / CrossEntropy.total(targets());
    kernels().softmaxGradient(input, labels, factor, gradient);
    return new Pair<>(gradients(), gradient);
  }

  @Override
  public double computeScore(
      double regularisation, boolean training, LayerWorkspaceMgr workspaces) {
    score =
        lossToldElsewhere
            ? Double.NaN
            : CrossEntropy.loss(input.toFloatMatrix(), targets()) + regularisation;
    return score;
  }

  /** The cross entropy of each sample: sum(t * -log p) over its classes. */
  @Override
  public INDArray computeScoreForExamples(double regularisation, LayerWorkspaceMgr workspaces) {
    double[] losses = CrossEntropy.losses(input.toFloatMatrix(), targets());
    float[][] rows = new float[losses.length][1];
    for (int i = 0; i < losses.length; i++) {
      rows[i][0] = (float) (losses[i] + regularisation);
    }
    return write(rows, ArrayType.ACTIVATIONS, workspaces);
  }

  private float[][] targets() {
    if (labels == null) {
      throw new IllegalStateException("the loss needs labels; set them before it is computed");
    }
    float[][] targets = labels.toFloatMatrix();
    for (float[] row : targets) {
      for (float target : row) {
        if (!(target >= 0 && target < Float.POSITIVE_INFINITY)) {
          throw refused(row);
        }
      }
      if (!(CrossEntropy.sum(row) > 0)) {
        throw refused(row);
      }
    }
    return targets;
  }

  private static IllegalArgumentException refused(float[] row) {
    return new IllegalArgumentException(
        "a label must be 0 or more for each class and above 0 for one, not "
            + Arrays.toString(row));
  }

  private static INDArray write(float[][] rows, ArrayType where, LayerWorkspaceMgr workspaces) {
    return workspaces
        .createUninitialized(where, DataType.FLOAT, rows.length, rows[0].length)
        .assign(Nd4j.createFromArray(rows));
  }

  @Override
  public void clear() {
    super.clear();
    labels = null;
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public void setLabels(INDArray labels) {
    this.labels = labels;
  }

  @Override
  public INDArray getLabels() {
    return labels;
  }

  @Override
  public int[] predict(INDArray logits) {
    return logits.argMax(1).toIntVector();
  }

  @Override
  public double f1Score(INDArray logits, INDArray labels) {
    Evaluation evaluation = new Evaluation();
    evaluation.eval(labels, activate(logits, false, LayerWorkspaceMgr.noWorkspacesImmutable()));
    return evaluation.f1();
  }

  @Override
  public double f1Score(DataSet data) {
    return f1Score(data.getFeatures(), data.getLabels());
  }

  @Override
  @Deprecated
  public int numLabels() {
    return Math.toIntExact(layerConf().getNOut());
  }

  @Override
  public List<String> predict(DataSet data) {
    return IntStream.of(predict(data.getFeatures())).mapToObj(data::getLabelName).toList();
  }

  @Override
  public void fit(DataSetIterator data) {
    throw nothingToFit();
  }

  @Override
  public void fit(INDArray logits, INDArray labels) {
    throw nothingToFit();
  }

  @Override
  public void fit(DataSet data) {
    throw nothingToFit();
  }

  @Override
  public void fit(INDArray logits, int[] labels) {
    throw nothingToFit();
  }

  private static UnsupportedOperationException nothingToFit() {
    return new UnsupportedOperationException("softmax has no parameters to fit");
  }
}
