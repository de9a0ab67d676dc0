package org.genrewise.jobs.testing;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local files as flaky:///, where opening some of them fails some times. */
public final class FlakyFiles extends RawLocalFileSystem {
  private static final Map<String, Integer> FAULTS_LEFT = new ConcurrentHashMap<>();

  /** Lets the next opens of files of this name fail, as a store does that asks to slow down. */
  public static void fail(String name, int times) {
    FAULTS_LEFT.put(name, times);
  }

  @Override
  public URI getUri() {
    return URI.create("flaky:///");
  }

  @Override
  public String getScheme() {
    return "flaky";
  }

  /** The parent's statuses know only file:// when they are asked for permissions. */
  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    File file = pathToFile(path);
    if (!file.exists()) {
      throw new FileNotFoundException(path.toString());
    }
    return new FileStatus(
        file.length(), file.isDirectory(), 1, 1, file.lastModified(), makeQualified(path));
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    List<FileStatus> statuses = new ArrayList<>();
    for (String name : pathToFile(folder).list()) {
      statuses.add(getFileStatus(new Path(folder, name)));
    }
    return statuses.toArray(FileStatus[]::new);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    Integer left = FAULTS_LEFT.computeIfPresent(path.getName(), (name, faults) -> faults - 1);
    if (left != null && left >= 0) {
      throw new IOException("503 Slow Down");
    }
    return super.open(path, bufferSize);
  }
}
