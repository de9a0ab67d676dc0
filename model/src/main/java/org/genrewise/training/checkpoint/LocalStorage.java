package org.genrewise.training.checkpoint;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checkpoints in a folder of this machine, or of a disk that all machines share.
 *
 * @param folder path of the folder, which need not exist yet
 */
public record LocalStorage(String folder) implements CheckpointStorage {
  private static final int BUFFER_BYTES = 1 << 16;

  public LocalStorage(Path folder) {
    this(folder.toString());
  }

  private Path root() {
    return Path.of(folder);
  }

  @Override
  public OutputStream create(String folder, String file) throws IOException {
    Files.createDirectories(root().resolve(folder));
    return new BufferedOutputStream(
        Files.newOutputStream(root().resolve(folder).resolve(file)), BUFFER_BYTES);
  }

  @Override
  public void commit(String folder, String file, byte[] content) throws IOException {
    Path target = root().resolve(folder).resolve(file);
    Path temporary = target.resolveSibling(file + ".tmp");
    Files.write(temporary, content);
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public InputStream open(String folder, String file) throws IOException {
    try {
      return new BufferedInputStream(
          Files.newInputStream(root().resolve(folder).resolve(file)), BUFFER_BYTES);
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException(e.getMessage());
    }
  }

  @Override
  public List<String> folders() throws IOException {
    if (!Files.isDirectory(root())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root())) {
      return entries.filter(Files::isDirectory).map(path -> path.getFileName().toString()).toList();
    }
  }

  @Override
  public void delete(String folder) throws IOException {
    Path path = root().resolve(folder);
    if (!Files.isDirectory(path)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(path)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    }
  }
}
