package org.genrewise.check;

import java.util.Arrays;
import java.util.List;

/**
 * The options of the check, once for both of its command lines: the verb's, and the plain one that
 * runs where there is nothing but a Java run-time.
 */
public enum CheckOption {
  JSON("--json", "FILE", "", "Where the results go; written anew after every step. Required"),
  DEVICE(
      "--device",
      "auto|cpu|cuda",
      "auto",
      "What is checked; auto is a GPU if there is one that this build serves, else the CPU"),
  WIDTH(
      "--width",
      "WIDTH",
      "1",
      "Of the network whose speed and memory are measured: 1, 1/2, 1/4, 1/8 or 1/16"),
  INPUT_SIZE("--input-size", "PIXELS", "224", "Height and width of that network's pictures"),
  PART(
      "--part",
      "NAME",
      "",
      "Only this part, or all that begin so: training stands for training-float32 and"
          + " training-float16; can be repeated. Default: all"),
  STEPS("--steps", "N", "200", "Training steps of the narrow network, 40 or more"),
  BATCHES(
      "--batches",
      "N,N",
      "auto",
      "Slices in a batch where speed is measured; auto is 4,8 on a CPU and 8,32,128 on a GPU"),
  RUNS("--runs", "N", "5", "Counted runs of every measurement of speed, 1 or more"),
  FILES("--files", "N,N", "1,10,100", "How many files are labelled, for the table of files"),
  FILE_SECONDS("--file-seconds", "SECONDS", "30", "Length of each of those files, at most 3600"),
  LIMIT(
      "--limit",
      "SECONDS",
      "900",
      "How long a part may take; then it has failed, and the next one begins"),
  REFERENCE(
      "--reference",
      "FILE",
      "",
      "The CPU's results: read if the file exists, else written there. For machines whose class"
          + " path has no CPU part. Default: computed anew, and not kept"),
  PYTHON("--python", "PROGRAM", "python3", "The Python that is asked for PyTorch"),
  MARKDOWN("--markdown", "FILE", "", "Write tables for benchmarks/README.md. Default: none");

  private final String text;
  private final String label;
  private final String standard;
  private final String description;

  CheckOption(String text, String label, String standard, String description) {
    this.text = text;
    this.label = label;
    this.standard = standard;
    this.description = description;
  }

  /** The option of a name. */
  static CheckOption named(String text) {
    return Arrays.stream(values())
        .filter(option -> option.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown option '%s'; there are %s".formatted(text, names())));
  }

  private static List<String> names() {
    return Arrays.stream(values()).map(CheckOption::text).toList();
  }

  /** As users write it, {@code --width}. */
  public String text() {
    return text;
  }

  /** What stands for its value in a help text. */
  public String label() {
    return label;
  }

  /** Its value if it is not given; empty if there is none. */
  public String standard() {
    return standard;
  }

  /** What it is for, with its default. */
  public String description() {
    return standard.isEmpty() ? description : description + ". Default: " + standard;
  }
}
