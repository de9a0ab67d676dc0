package org.genrewise.jobs.testing;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A read-only file system sim://COUNT/ that has as many files as its name says, and makes them up
 * while it is listed. Every file holds the same few bytes, which are no audio.
 */
public final class SimulatedLibrary extends FileSystem {
  public static final long SIZE = 4_000_000;
  public static final long MODIFIED = 1_700_000_000_000L;

  private URI uri;
  private long count;

  /** The path of a file, as a listing has it. */
  public static String path(long count, long index) {
    return "sim://%d/artist %03d/track %08d.mp3".formatted(count, index % 1000, index);
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    super.initialize(name, configuration);
    uri = URI.create("sim://" + name.getAuthority());
    count = Long.parseLong(name.getAuthority());
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public RemoteIterator<LocatedFileStatus> listFiles(Path folder, boolean recursive) {
    return new RemoteIterator<>() {
      private long next;

      @Override
      public boolean hasNext() {
        return next < count;
      }

      @Override
      public LocatedFileStatus next() {
        if (next == count) {
          throw new NoSuchElementException();
        }
        return new LocatedFileStatus(status(new Path(path(count, next++))), null);
      }
    };
  }

  private static FileStatus status(Path path) {
    return new FileStatus(SIZE, false, 1, SIZE, MODIFIED, path);
  }

  @Override
  public FileStatus getFileStatus(Path path) {
    return status(path);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) {
    return new FSDataInputStream(new Bytes());
  }

  private static final class Bytes extends ByteArrayInputStream
      implements Seekable, PositionedReadable {
    Bytes() {
      super("no audio".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void seek(long position) {
      pos = (int) position;
    }

    @Override
    public long getPos() {
      return pos;
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void readFully(long position, byte[] buffer) {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    throw new FileNotFoundException(path.toString());
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setWorkingDirectory(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path("/");
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    throw new UnsupportedOperationException();
  }
}
