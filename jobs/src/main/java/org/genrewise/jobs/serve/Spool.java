package org.genrewise.jobs.serve;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.genrewise.jobs.spark.TemporaryFolder;

/**
 * The private folder that files lie in while they are worked on. It is removed at the end, and what
 * a killed server left of its own by the next one that starts.
 */
final class Spool implements AutoCloseable {
  private static final String PREFIX = "genrewise-serve-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-.*");

  private final TemporaryFolder folder;

  private Spool(TemporaryFolder folder) {
    this.folder = folder;
  }

  static Spool open() throws IOException {
    long process = ProcessHandle.current().pid();
    TemporaryFolder folder = TemporaryFolder.create(PREFIX + process + "-");
    removeLeft(folder.path());
    return new Spool(folder);
  }

  /** Of servers that no longer run, and of the same user. */
  private static void removeLeft(Path own) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(own.getParent(), PREFIX + "*")) {
      for (Path other : folders) {
        Matcher name = NAME.matcher(other.getFileName().toString());
        if (name.matches()
            && !other.equals(own)
            && Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(other).equals(Files.getOwner(own))
            && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          new TemporaryFolder(other).close();
        }
      }
    }
  }

  Path folder() {
    return folder.path();
  }

  /** Where a new file may be put. */
  Path next() {
    return folder.path().resolve(UUID.randomUUID().toString());
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
