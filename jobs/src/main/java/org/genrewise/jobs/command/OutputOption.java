package org.genrewise.jobs.command;

import org.genrewise.jobs.spark.OutputMode;
import picocli.CommandLine.Option;

/** The option of verbs that make their output anew. */
public final class OutputOption {

  @Option(names = "--overwrite", description = "Replace the output if it exists. Default: refuse")
  private boolean overwrite;

  /** What to do with an output that exists. */
  public OutputMode mode() {
    return overwrite ? OutputMode.OVERWRITE : OutputMode.REFUSE_EXISTING;
  }
}
