package org.genrewise.network.cuda;

/**
 * An algorithm as cuDNN proposes it for a convolution.
 *
 * @param number cuDNN's, of one pass
 * @param supported whether cuDNN has it for this shape
 * @param deterministic whether equal inputs give equal results
 * @param workspace bytes
 */
record Algorithm(int number, boolean supported, boolean deterministic, long workspace) {}
