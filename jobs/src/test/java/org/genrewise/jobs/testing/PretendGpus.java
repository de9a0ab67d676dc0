package org.genrewise.jobs.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A PATH on which nvidia-smi names GPUs that are not there. */
public final class PretendGpus {
  private PretendGpus() {}

  /**
   * Writes the program.
   *
   * @param folder to make for it
   * @param name of every card
   * @param capability of every card
   * @param count how many there are
   * @return the variables of an environment that has them
   */
  public static Map<String, String> write(Path folder, String name, String capability, int count)
      throws IOException {
    StringBuilder cards = new StringBuilder();
    StringBuilder indices = new StringBuilder();
    for (int i = 0; i < count; i++) {
      cards.append("%d, GPU-%08d, %s, %s, 40960\n".formatted(i, i, name, capability));
      indices.append(i).append('\n');
    }
    script(
        folder.resolve("nvidia-smi"),
        """
        case "$1" in
          --query-gpu=index) printf '%s' ;;
          --query-gpu=index,*) printf '%s' ;;
          *) echo '50, 1000, 40960' ;;
        esac
        """
            .formatted(indices, cards));
    return Map.of("PATH", folder + ":" + System.getenv("PATH"));
  }

  /** Writes a program of the shell. */
  public static Path script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
