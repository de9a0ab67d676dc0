package org.genrewise.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;
import org.genrewise.json.Json;

/** JSON files that are whole at every moment, whoever is killed. */
public final class JsonFile {
  private JsonFile() {}

  /** Replaces a file by an object. */
  public static void write(Path file, Map<String, ?> object) throws IOException {
    write(file, Json.render(object) + "\n");
  }

  /** Replaces a file by a text: written beside its place, then moved there. */
  static void write(Path file, String text) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      Files.writeString(temporary, text);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Reads what was written.
   *
   * @throws IllegalArgumentException if it is not JSON
   */
  public static Map<String, Object> read(Path file) throws IOException {
    return Json.parse(file.toString(), Files.readString(file)).root().unwrapped();
  }
}
