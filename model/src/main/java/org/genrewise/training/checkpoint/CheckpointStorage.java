package org.genrewise.training.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;

/**
 * Where checkpoints are kept: folders with files in them, on any file system or object store.
 * Nothing is ever renamed; only {@link #commit} has to be atomic. It travels to the machines that
 * write.
 */
public interface CheckpointStorage extends Serializable {

  /** Begins a file, or begins it anew. Until it is closed it may be seen in part. */
  OutputStream create(String folder, String file) throws IOException;

  /**
   * Writes a small file such that, whatever happens, it holds all of its old content or all of the
   * new.
   */
  void commit(String folder, String file, byte[] content) throws IOException;

  /**
   * Reads a file.
   *
   * @throws FileNotFoundException if there is none
   */
  InputStream open(String folder, String file) throws IOException;

  /** Names of the folders that there are, in any order; none if nothing was written yet. */
  List<String> folders() throws IOException;

  /** Deletes a folder with all its files; no harm if there is none. */
  void delete(String folder) throws IOException;
}
