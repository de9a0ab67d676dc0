package org.genrewise.network.cuda;

import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.jita.allocator.impl.AtomicAllocator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a thread calls cuDNN and cuBLAS with. Their work goes into the queue (CUDA's stream) that
 * ND4J has for this thread, so it is done in the order of the calls, ND4J's operations among them,
 * and nobody waits.
 *
 * <p>cuBLAS has a handle of its own here: ND4J shares one among all threads, and every call moves
 * it to another queue.
 */
final class Handles {
  private static final ThreadLocal<Handles> OF_THREAD = ThreadLocal.withInitial(Handles::new);

  private final cudnnContext dnn = new cudnnContext();
  private final cublasContext blas = new cublasContext();
  private CUstream_st stream;
  private INDArray norms;

  /** After ND4J has bound the thread to its GPU. */
  private Handles() {
    AtomicAllocator.getInstance().getDeviceContext();
    Status.cudnn("cudnnCreate", cudnn.cudnnCreate(dnn));
    Status.cublas("cublasCreate", cublas.cublasCreate_v2(blas));
  }

  /** This thread's, for calls that follow at once. */
  static Handles ofThread() {
    // Operations that ND4J has put off, if any, come first.
    Nd4j.getExecutioner().push();
    Handles handles = OF_THREAD.get();
    handles.follow(AtomicAllocator.getInstance().getDeviceContext().getCublasStream());
    return handles;
  }

  private void follow(Pointer current) {
    if (stream == null || stream.address() != current.address()) {
      stream = new CUstream_st(current);
      Status.cudnn("cudnnSetStream", cudnn.cudnnSetStream(dnn, stream));
      Status.cublas("cublasSetStream", cublas.cublasSetStream_v2(blas, stream));
    }
  }

  cudnnContext dnn() {
    return dnn;
  }

  cublasContext blas() {
    return blas;
  }

  CUstream_st stream() {
    return stream;
  }

  /** An array of FLOAT that stays, at least as long. For one use at a time. */
  INDArray norms(int length) {
    if (norms == null || norms.length() < length) {
      if (norms != null) {
        norms.close();
      }
      norms = Nd4j.createUninitializedDetached(DataType.FLOAT, (long) length);
    }
    return norms;
  }
}
