package org.genrewise.jobs.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.server.Request;

/**
 * A file that somebody sent; deleted when closed.
 *
 * @param file where it lies, under a name of ours
 * @param name as its sender calls it, fit to be shown
 * @param bytes its size
 * @param seconds that its arrival took
 */
record Upload(Path file, String name, long bytes, double seconds) implements AutoCloseable {
  private static final String FORM = "multipart/form-data";
  private static final String PART = "file";

  /** What the form may have around the file. */
  private static final int OVERHEAD_BYTES = 1 << 16;

  private static final int MOST_PARTS = 8;
  private static final int LONGEST_NAME = 200;

  /**
   * Receives the file of a form, as {@code multipart/form-data} (RFC 7578) with one part {@code
   * file}.
   *
   * @throws RequestException if it is too large or too slow, or the request is something else
   */
  static Upload receive(Request request, Spool spool, ServeLimits limits) throws RequestException {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null
        || !type.toLowerCase(Locale.ROOT).startsWith(FORM)
        || MultiPart.extractBoundary(type) == null) {
      throw new RequestException(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
          "unsupported_media_type",
          "send the audio as multipart/form-data, in one part named 'file'");
    }
    if (request.getLength() > limits.bytes() + OVERHEAD_BYTES) {
      throw tooLarge(limits);
    }
    long start = System.nanoTime();
    MultiPartConfig config =
        new MultiPartConfig.Builder()
            .location(spool.folder())
            .maxParts(MOST_PARTS)
            // the source has the limit
            .maxSize(-1)
            .maxPartSize(-1)
            .maxMemoryPartSize(0)
            .useFilesForPartsWithoutFileName(true)
            .build();
    UploadSource body =
        new UploadSource(
            request, limits.bytes() + OVERHEAD_BYTES, Deadline.in(limits.uploadSeconds()));
    try (MultiPartFormData.Parts parts = MultiPartFormData.getParts(body, request, type, config)) {
      MultiPart.Part part = single(parts);
      if (part.getLength() > limits.bytes()) {
        throw tooLarge(limits);
      }
      Path file = spool.next();
      part.writeTo(file);
      return new Upload(
          file, shown(part.getFileName()), Files.size(file), (System.nanoTime() - start) / 1e9);
    } catch (IOException | RuntimeException e) {
      throw refusal(e, limits);
    }
  }

  private static MultiPart.Part single(MultiPartFormData.Parts parts) throws RequestException {
    List<MultiPart.Part> files = parts.getAll(PART);
    if (files.size() != 1 || files.get(0).getFileName() == null) {
      throw badForm("the form has %d parts named 'file' with a file name".formatted(files.size()));
    }
    return files.get(0);
  }

  private static RequestException badForm(String what) {
    return new RequestException(
        HttpStatus.BAD_REQUEST_400, "bad_form", what + "; send exactly one, with a file name");
  }

  private static RequestException tooLarge(ServeLimits limits) {
    return new RequestException(
        HttpStatus.PAYLOAD_TOO_LARGE_413,
        "too_large",
        "the file is larger than the %.1f MB that this server takes; send a shorter or compressed one"
            .formatted(limits.bytes() / 1e6));
  }

  /** By what the library says of a body that it could not receive. */
  private static RequestException refusal(Exception fault, ServeLimits limits) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException) {
        return new RequestException(
            HttpStatus.REQUEST_TIMEOUT_408,
            "upload_timeout",
            "the file did not arrive within %s s, or its sender paused for too long"
                .formatted(limits.uploadSeconds()),
            fault);
      }
      if (cause instanceof UploadSource.TooLargeException) {
        return tooLarge(limits);
      }
    }
    return new RequestException(
        HttpStatus.BAD_REQUEST_400,
        "bad_form",
        "X"
            + fault
            + fault.getCause()
            + "the form cannot be read; send multipart/form-data with one part named 'file'",
        fault);
  }

  /** The last part of a path, without what would confuse a reader. */
  private static String shown(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String plain = last.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) + "..." : plain;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
