package org.genrewise.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How large the calling thread's workspaces must be. ND4J learns that from the first pass, for
 * which it allocates every array by itself: so a first pass of a whole batch needs its memory
 * twice, and what it frees is too scattered to be used for the workspaces. Sizes grow with the
 * pictures, so two small passes tell those of a large one.
 *
 * @param bytes by the workspaces' names, each with what its largest cycle took
 */
record WorkspaceSizes(Map<String, Long> bytes) {

  /** For what alignment adds. */
  private static final double ROOM = 1.02;

  private static final long LEAST_ROOM = 1 << 16;

  /** What the passes until now needed. */
  static WorkspaceSizes ofThread() {
    Map<String, Long> bytes = new LinkedHashMap<>();
    for (MemoryWorkspace workspace : manager().getAllWorkspacesForCurrentThread()) {
      bytes.put(workspace.getId(), workspace.getMaxCycleAllocations());
    }
    return new WorkspaceSizes(bytes);
  }

  /**
   * What passes of more pictures need.
   *
   * @param one needed by one picture; this is needed by two
   */
  WorkspaceSizes forPictures(int pictures, WorkspaceSizes one) {
    Map<String, Long> more = new LinkedHashMap<>();
    bytes.forEach(
        (name, two) -> {
          long each = Math.max(0, two - one.bytes.getOrDefault(name, 0L));
          more.put(name, (long) (ROOM * (two + (pictures - 2) * each)) + LEAST_ROOM);
        });
    return new WorkspaceSizes(more);
  }

  /** Makes the thread's workspaces anew, of these sizes; their contents are lost. */
  void allocate() {
    Map<String, WorkspaceConfiguration> configurations = new LinkedHashMap<>();
    for (MemoryWorkspace workspace : manager().getAllWorkspacesForCurrentThread()) {
      configurations.put(workspace.getId(), workspace.getWorkspaceConfiguration());
    }
    manager().destroyAllWorkspacesForCurrentThread();
    NativeHeap.trim();
    configurations.forEach(
        (name, as) -> manager().createNewWorkspace(sized(as, bytes.get(name)), name));
  }

  private static WorkspaceConfiguration sized(WorkspaceConfiguration as, long bytes) {
    return WorkspaceConfiguration.builder()
        .initialSize(bytes)
        .minSize(as.getMinSize())
        .maxSize(as.getMaxSize())
        .overallocationLimit(as.getOverallocationLimit())
        .policyAllocation(as.getPolicyAllocation())
        .policyLearning(as.getPolicyLearning())
        .policyMirroring(as.getPolicyMirroring())
        .policyReset(as.getPolicyReset())
        .policySpill(as.getPolicySpill())
        .build();
  }

  private static MemoryWorkspaceManager manager() {
    return Nd4j.getWorkspaceManager();
  }
}
