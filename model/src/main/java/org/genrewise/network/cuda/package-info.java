/**
 * Kernels for GPUs, by cuDNN and cuBLAS. What is pure arithmetic stands here and is tested on every
 * machine; what calls the libraries stands in the sources of the builds for GPUs.
 */
package org.genrewise.network.cuda;
