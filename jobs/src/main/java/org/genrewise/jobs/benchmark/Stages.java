package org.genrewise.jobs.benchmark;

import java.util.Map;

/** Which stages there are, by name. */
final class Stages {
  static final String MACHINE = "machine";
  static final String PREPARE = "prepare";
  static final String LABEL = "label";
  static final String EPOCH = "epoch";
  static final String ACCURACY = "accuracy";

  private static final Map<String, Stage> ALL =
      Map.of(
          MACHINE, new MachineStage(),
          PREPARE, new PrepareStage(),
          LABEL, new LabelStage(),
          EPOCH, new EpochStage(),
          ACCURACY, new AccuracyStage());

  private Stages() {}

  static Stage named(String name) {
    Stage stage = ALL.get(name);
    if (stage == null) {
      throw new IllegalArgumentException("there is no stage " + name);
    }
    return stage;
  }
}
