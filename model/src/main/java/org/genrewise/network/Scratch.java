package org.genrewise.network;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory that a kernel works in for the length of one call: one workspace a thread, which grows to
 * the largest call and is used again by the next. Fresh memory would be paid for in page faults,
 * which cost more than the arithmetic on it.
 */
public final class Scratch {

  private static final WorkspaceConfiguration CONFIGURATION =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .policyAllocation(AllocationPolicy.STRICT)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policySpill(SpillPolicy.REALLOCATE)
          .build();

  private Scratch() {}

  /**
   * Does some work with it as the current workspace.
   *
   * @param owner who works in it; the work of one owner must not nest
   */
  public static void use(Class<?> owner, Runnable work) {
    String name = "SCRATCH_" + owner.getSimpleName();
    MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, name);
    try {
      work.run();
    } finally {
      workspace.close();
    }
  }
}
