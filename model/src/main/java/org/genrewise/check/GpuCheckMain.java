package org.genrewise.check;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The check without the command line's library and without Spark: {@code java -cp CLASSES:JARS
 * org.genrewise.check.GpuCheckMain --json FILE}. Exit codes are those of all verbs.
 */
public final class GpuCheckMain {
  private static final int USAGE = 1;
  private static final int USER = 2;

  private GpuCheckMain() {}

  public static void main(String[] arguments) {
    List<String> words = Arrays.asList(arguments);
    if (words.contains("--help")) {
      System.out.println(help());
      return;
    }
    try {
      GpuCheck check = new GpuCheck(CheckSettings.parse(words));
      CheckReport report = check.run(new PlainListener(System.err));
      System.out.print(CheckTables.text(report));
      System.exit(report.exitCode());
    } catch (IllegalArgumentException e) {
      System.err.println("gpu-check: " + e.getMessage());
      System.exit(USAGE);
    } catch (IOException e) {
      System.err.println("gpu-check: the results cannot be written: " + e);
      System.exit(USER);
    }
  }

  private static String help() {
    StringBuilder text =
        new StringBuilder("gpu-check: checks what networks run on, part by part\n");
    for (CheckOption option : CheckOption.values()) {
      text.append(
          "%n  %s %s%n      %s".formatted(option.text(), option.label(), option.description()));
    }
    return text.toString();
  }
}
