package org.genrewise.network.cuda;

import org.bytedeco.cuda.global.cudnn;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolutions of one type. Arrays are brought into the form that cuDNN wants: maps of that type,
 * with channels in groups of 8 for 16 bits; filters [out, 3, 3, in], converted at every call, which
 * is little beside the convolution. Of the network's maps only the picture has to be widened.
 *
 * <p>All scratch memory comes from ND4J's current workspace.
 */
record Convolutions(DataType type) {

  private static final int PREPARED = 5;

  void forward(Handles handles, INDArray x, INDArray weight, INDArray bias, INDArray y) {
    MapLayout in = MapLayout.of(x).widened(type);
    MapLayout out = MapLayout.of(y).widened(type);
    INDArray result = blank(out, y);
    plan(Pass.FORWARD, in, out)
        .run(handles, widened(handles, x, in), filter(handles, weight, in, out), result);
    narrow(handles, result, out, y);
    Rows.addBias(handles, bias, y);
  }

  void backward(
      Handles handles, INDArray x, INDArray weight, INDArray dy, INDArray dx, INDArray dWeight) {
    MapLayout in = MapLayout.of(x).widened(type);
    MapLayout out = MapLayout.of(dy).widened(type);
    INDArray gradient = widened(handles, dy, out);
    filterGradient(handles, widened(handles, x, in), in, gradient, out, dWeight);
    if (dx != null) {
      INDArray result = blank(in, dx);
      plan(Pass.BACKWARD_DATA, in, out)
          .run(handles, result, filter(handles, weight, in, out), gradient);
      narrow(handles, result, in, dx);
    }
  }

  private ConvolutionPlan plan(Pass pass, MapLayout in, MapLayout out) {
    return ConvolutionPlan.of(ConvolutionShape.of(pass, type, in, out));
  }

  private void filterGradient(
      Handles handles, INDArray x, MapLayout in, INDArray dy, MapLayout out, INDArray dWeight) {
    MapLayout wide = filterLayout(in, out);
    INDArray filter = Nd4j.createUninitialized(type, wide.withBatch(out.room()).shape());
    ConvolutionPlan plan = plan(Pass.BACKWARD_FILTER, in, out);
    plan.run(handles, x, filter, dy);
    if (hasMoreRoom(in) || hasMoreRoom(out)) {
      INDArray narrow = Nd4j.createUninitialized(type, narrow(wide).shape());
      transform(handles, filter, wide, narrow, narrow(wide));
      filter = narrow;
    }
    INDArray floats = as(DataType.FLOAT, filter);
    int rows = Math.toIntExact(dWeight.length() / out.channels());
    Products.transpose(
        handles, Transposition.of(out.channels(), rows), plan.scale(), floats, dWeight);
  }

  /** A filter with a 1 in front of its shape, which tells it from a weight; not in a workspace. */
  INDArray prepare(Handles handles, INDArray weight) {
    MapLayout in = channels(weight.size(2));
    MapLayout out = channels(weight.size(3));
    long[] shape = filterLayout(in, out).withBatch(out.room()).shape();
    INDArray prepared =
        Nd4j.createUninitializedDetached(type, 1, shape[0], shape[1], shape[2], shape[3]);
    DeviceMemory.copy(handles, filter(handles, weight, in, out), prepared);
    return prepared;
  }

  private MapLayout channels(long channels) {
    int count = Math.toIntExact(channels);
    return new MapLayout(1, 1, 1, count, count).widened(type);
  }

  /** The weight as a filter, 0 where there is more room. */
  private INDArray filter(Handles handles, INDArray weight, MapLayout in, MapLayout out) {
    if (weight.rank() == PREPARED) {
      return weight;
    }
    MapLayout wide = filterLayout(in, out);
    INDArray filter = filter(handles, weight, narrow(wide));
    if (!hasMoreRoom(in) && !hasMoreRoom(out)) {
      return filter;
    }
    INDArray result = Nd4j.createUninitialized(type, wide.withBatch(out.room()).shape());
    DeviceMemory.clear(handles, result);
    transform(handles, filter, narrow(wide), result, wide);
    return result;
  }

  private INDArray filter(Handles handles, INDArray weight, MapLayout layout) {
    if (weight.dataType() != DataType.FLOAT) {
      return Nd4j.createUninitialized(type, layout.shape())
          .assign(weight.permute(MapLayout.TO_FILTER));
    }
    INDArray filter = Nd4j.createUninitialized(DataType.FLOAT, layout.shape());
    int columns = layout.batch();
    int rows = Math.toIntExact(weight.length() / columns);
    Products.transpose(handles, Transposition.of(rows, columns), 1, weight, filter);
    return as(type, filter);
  }

  private static boolean hasMoreRoom(MapLayout layout) {
    return layout.room() > layout.channels();
  }

  private static INDArray as(DataType type, INDArray array) {
    return array.dataType() == type
        ? array
        : Nd4j.createUninitialized(type, array.shape()).assign(array);
  }

  private static MapLayout filterLayout(MapLayout in, MapLayout out) {
    int size = ConvolutionShape.KERNEL;
    return new MapLayout(out.channels(), size, size, in.channels(), in.room());
  }

  private static MapLayout narrow(MapLayout wide) {
    return new MapLayout(
        wide.batch(), wide.height(), wide.width(), wide.channels(), wide.channels());
  }

  /** The map itself, or a copy of this type, 0 where there is more room. */
  private INDArray widened(Handles handles, INDArray map, MapLayout layout) {
    INDArray typed = as(type, map);
    if (!hasMoreRoom(layout)) {
      return typed;
    }
    INDArray result = Nd4j.createUninitialized(type, layout.shape());
    DeviceMemory.clear(handles, result);
    transform(handles, typed, narrow(layout), result, layout);
    return result;
  }

  /** What a convolution writes instead of a map: the map itself where it has the room. */
  private INDArray blank(MapLayout layout, INDArray map) {
    return !hasMoreRoom(layout) && map.dataType() == type
        ? map
        : Nd4j.createUninitialized(type, layout.shape());
  }

  private void narrow(Handles handles, INDArray result, MapLayout layout, INDArray map) {
    if (result == map) {
      return;
    }
    INDArray typed = map.dataType() == type ? map : Nd4j.createUninitialized(type, map.shape());
    transform(handles, result, layout, typed, narrow(layout));
    if (typed != map) {
      map.assign(typed);
    }
  }

  /** The channels that count, from one layout into another. */
  private void transform(
      Handles handles, INDArray from, MapLayout layout, INDArray to, MapLayout other) {
    Status.cudnn(
        "cudnnTransformTensor",
        cudnn.cudnnTransformTensor(
            handles.dnn(),
            Descriptors.ONE,
            Descriptors.map(type, layout),
            DeviceMemory.of(from),
            Descriptors.ZERO,
            Descriptors.map(type, other),
            DeviceMemory.of(to)));
    DeviceMemory.written(to);
  }
}
