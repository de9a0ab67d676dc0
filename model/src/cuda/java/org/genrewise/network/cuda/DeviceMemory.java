package org.genrewise.network.cuda;

import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.jita.allocator.impl.AllocationPoint;
import org.nd4j.jita.allocator.impl.AtomicAllocator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where arrays of ND4J lie on the GPU. ND4J keeps a copy on either side and a note of which one is
 * newer; so what is read must be brought up to date first, and what was written must be told.
 */
final class DeviceMemory {

  private DeviceMemory() {}

  /** The first value of an array, on the GPU; copied there if Java wrote it last. */
  static Pointer of(INDArray array) {
    if (!MapLayout.isDense(array.shape(), array.stride())) {
      throw new IllegalArgumentException(
          "kernels of the GPU want arrays in order 'c' without gaps, not "
              + array.shapeInfoToString());
    }
    return ofAnyOrder(array);
  }

  /** The first value of an array without gaps in any order. */
  static Pointer ofAnyOrder(INDArray array) {
    AtomicAllocator allocator = AtomicAllocator.getInstance();
    AllocationPoint point = allocator.getAllocationPoint(array);
    // Not AffinityManager.ensureLocation, which allocates the copy in Java's memory as well.
    allocator.getFlowController().synchronizeToDevice(point);
    Pointer pointer = point.getDevicePointer();
    if (pointer == null || pointer.isNull()) {
      throw new IllegalStateException(
          "ND4J has no memory on the GPU for " + array.shapeInfoToString());
    }
    return pointer;
  }

  /** Notes that the GPU wrote an array. */
  static void written(INDArray... arrays) {
    for (INDArray array : arrays) {
      AtomicAllocator.getInstance().tickDeviceWrite(array);
    }
  }

  /** to = from, of one type and length. */
  static void copy(Handles handles, INDArray from, INDArray to) {
    Status.cuda(
        "cudaMemcpyAsync",
        cudart.cudaMemcpyAsync(
            of(to),
            of(from),
            from.length() * from.dataType().width(),
            cudart.cudaMemcpyDeviceToDevice,
            handles.stream()));
    written(to);
  }

  /** array = 0. */
  static void clear(Handles handles, INDArray array) {
    Status.cuda(
        "cudaMemsetAsync",
        cudart.cudaMemsetAsync(
            of(array), 0, array.length() * array.dataType().width(), handles.stream()));
    written(array);
  }
}
