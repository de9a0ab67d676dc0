package org.genrewise.network.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.cuda.cudnn.cudnnConvolutionBwdDataAlgoPerf_t;
import org.bytedeco.cuda.cudnn.cudnnConvolutionBwdFilterAlgoPerf_t;
import org.bytedeco.cuda.cudnn.cudnnConvolutionFwdAlgoPerf_t;
import org.bytedeco.cuda.cudnn.cudnnConvolutionStruct;
import org.bytedeco.cuda.cudnn.cudnnFilterStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.genrewise.network.cuda.AlgorithmSearch.Found;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How a convolution of one shape is computed. The algorithm is found at the first call and stays.
 */
final class ConvolutionPlan {

  /**
   * Most bytes of workspace. A sixteenth of the smallest cards' memory, and several times what the
   * products need at the largest maps, where parts of a weight's gradient wait to be summed.
   */
  private static final long WORKSPACE = 1L << 29;

  private static final int PROPOSALS = 8;

  private static final Map<ConvolutionShape, ConvolutionPlan> PLANS = new ConcurrentHashMap<>();

  private final ConvolutionShape shape;
  private final cudnnTensorStruct input;
  private final cudnnTensorStruct output;
  private final cudnnFilterStruct filter;
  private final cudnnConvolutionStruct convolution;
  private final FloatPointer share;
  private volatile Found found;

  private ConvolutionPlan(ConvolutionShape shape) {
    this.shape = shape;
    this.input = Descriptors.map(shape.type(), shape.input());
    this.output = Descriptors.map(shape.type(), shape.output());
    this.filter = Descriptors.filter(shape.type(), shape.filter());
    this.convolution = Descriptors.convolution(shape.type());
    this.share = new FloatPointer(1 / shape.scale());
  }

  static ConvolutionPlan of(ConvolutionShape shape) {
    return PLANS.computeIfAbsent(shape, ConvolutionPlan::new);
  }

  /** What results have been divided by. */
  float scale() {
    return shape.scale();
  }

  /**
   * Computes the one that the pass writes from the other two. Workspace comes from ND4J's current
   * workspace.
   */
  void run(Handles handles, INDArray in, INDArray weight, INDArray out) {
    Call call =
        new Call(handles, DeviceMemory.of(in), DeviceMemory.of(weight), DeviceMemory.of(out));
    if (found == null) {
      search(call);
    } else {
      Status.cudnn("convolution " + shape, call.status(found.algorithm(), found.workspace()));
    }
    DeviceMemory.written(
        switch (shape.pass()) {
          case FORWARD -> out;
          case BACKWARD_DATA -> in;
          case BACKWARD_FILTER -> weight;
        });
  }

  /** Of threads that come first at once, each finds the same. */
  private void search(Call call) {
    boolean onlyProducts = shape.type() == DataType.FLOAT16;
    try {
      found = new AlgorithmSearch(WORKSPACE, onlyProducts).find(proposals(call.handles), call);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "%s; cuDNN %d answered for %s: %s"
              .formatted(e.getMessage(), cudnn.cudnnGetVersion(), shape, call.answers),
          e);
    }
  }

  /** cuDNN's, the fastest first by its own estimate; none where it does not say. */
  private List<Algorithm> proposals(Handles handles) {
    List<Algorithm> proposals = new ArrayList<>();
    int[] count = new int[1];
    switch (shape.pass()) {
      case FORWARD -> {
        cudnnConvolutionFwdAlgoPerf_t all = new cudnnConvolutionFwdAlgoPerf_t(PROPOSALS);
        int status =
            cudnn.cudnnGetConvolutionForwardAlgorithm_v7(
                handles.dnn(), input, filter, convolution, output, PROPOSALS, count, all);
        for (int i = 0; Status.isFine(status) && i < count[0]; i++) {
          all.position(i);
          proposals.add(algorithm(all.algo(), all.status(), all.determinism(), all.memory()));
        }
      }
      case BACKWARD_DATA -> {
        cudnnConvolutionBwdDataAlgoPerf_t all = new cudnnConvolutionBwdDataAlgoPerf_t(PROPOSALS);
        int status =
            cudnn.cudnnGetConvolutionBackwardDataAlgorithm_v7(
                handles.dnn(), filter, output, convolution, input, PROPOSALS, count, all);
        for (int i = 0; Status.isFine(status) && i < count[0]; i++) {
          all.position(i);
          proposals.add(algorithm(all.algo(), all.status(), all.determinism(), all.memory()));
        }
      }
      case BACKWARD_FILTER -> {
        cudnnConvolutionBwdFilterAlgoPerf_t all =
            new cudnnConvolutionBwdFilterAlgoPerf_t(PROPOSALS);
        int status =
            cudnn.cudnnGetConvolutionBackwardFilterAlgorithm_v7(
                handles.dnn(), input, output, convolution, filter, PROPOSALS, count, all);
        for (int i = 0; Status.isFine(status) && i < count[0]; i++) {
          all.position(i);
          proposals.add(algorithm(all.algo(), all.status(), all.determinism(), all.memory()));
        }
      }
    }
    return proposals;
  }

  private static Algorithm algorithm(int number, int status, int determinism, long workspace) {
    return new Algorithm(
        number, Status.isFine(status), determinism == cudnn.CUDNN_DETERMINISTIC, workspace);
  }

  /** One call: the arrays, on the GPU. */
  private final class Call implements AlgorithmSearch.Trial {
    private final Handles handles;
    private final Pointer in;
    private final Pointer weight;
    private final Pointer out;
    private final List<String> answers = new ArrayList<>();

    Call(Handles handles, Pointer in, Pointer weight, Pointer out) {
      this.handles = handles;
      this.in = in;
      this.weight = weight;
      this.out = out;
    }

    @Override
    public OptionalLong workspace(int algorithm) {
      SizeTPointer bytes = new SizeTPointer(1);
      int status =
          switch (shape.pass()) {
            case FORWARD ->
                cudnn.cudnnGetConvolutionForwardWorkspaceSize(
                    handles.dnn(), input, filter, convolution, output, algorithm, bytes);
            case BACKWARD_DATA ->
                cudnn.cudnnGetConvolutionBackwardDataWorkspaceSize(
                    handles.dnn(), filter, output, convolution, input, algorithm, bytes);
            case BACKWARD_FILTER ->
                cudnn.cudnnGetConvolutionBackwardFilterWorkspaceSize(
                    handles.dnn(), input, output, convolution, filter, algorithm, bytes);
          };
      note("workspace of", algorithm, status);
      return Status.isFine(status) ? OptionalLong.of(bytes.get()) : OptionalLong.empty();
    }

    @Override
    public boolean run(int algorithm, long workspace) {
      int status = status(algorithm, workspace);
      note("call of", algorithm, status);
      return Status.isFine(status);
    }

    private void note(String what, int algorithm, int status) {
      answers.add(
          "%s %d: %s".formatted(what, algorithm, cudnn.cudnnGetErrorString(status).getString()));
    }

    int status(int algorithm, long bytes) {
      Pointer workspace =
          bytes == 0 ? null : DeviceMemory.of(Nd4j.createUninitialized(DataType.INT8, bytes));
      return switch (shape.pass()) {
        case FORWARD ->
            cudnn.cudnnConvolutionForward(
                handles.dnn(),
                share,
                input,
                in,
                filter,
                weight,
                convolution,
                algorithm,
                workspace,
                bytes,
                Descriptors.ZERO,
                output,
                out);
        case BACKWARD_DATA ->
            cudnn.cudnnConvolutionBackwardData(
                handles.dnn(),
                share,
                filter,
                weight,
                output,
                out,
                convolution,
                algorithm,
                workspace,
                bytes,
                Descriptors.ZERO,
                input,
                in);
        case BACKWARD_FILTER ->
            cudnn.cudnnConvolutionBackwardFilter(
                handles.dnn(),
                share,
                input,
                in,
                output,
                out,
                convolution,
                algorithm,
                workspace,
                bytes,
                Descriptors.ZERO,
                filter,
                weight);
      };
    }
  }
}
