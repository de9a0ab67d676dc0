package org.genrewise.weights.pickle;

/**
 * A block of values that lies elsewhere in the file.
 *
 * @param type PyTorch's name of its class, for example {@code FloatStorage}
 * @param key its name in the file
 * @param length number of its values
 * @param offset of this view's first value in the block; 0 but in old files
 */
public record PickledStorage(String type, String key, long length, long offset) {}
