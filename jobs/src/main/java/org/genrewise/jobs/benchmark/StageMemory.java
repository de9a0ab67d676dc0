package org.genrewise.jobs.benchmark;

import java.util.Optional;

/**
 * Peaks of memory of a stage's process, from its start to its end.
 *
 * @param processPeakBytes resident in the machine, the JVM included, the decoder's processes not;
 *     empty where the system does not tell
 * @param gpuBytesBefore in use on the GPU before there was a network, by all processes; empty
 *     without a GPU, or where nvidia-smi does not tell
 * @param gpuPeakBytes the most of it in use while the stage ran, by all processes
 */
record StageMemory(
    Optional<Long> processPeakBytes, Optional<Long> gpuBytesBefore, Optional<Long> gpuPeakBytes) {}
