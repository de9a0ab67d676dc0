package org.genrewise.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.genrewise.device.DeviceChoice;
import org.genrewise.device.DeviceDecision;
import org.genrewise.device.ProcessDevice;

/**
 * What a part works with, in its own process. Everything that it tells is written at once, so that
 * it outlives the process.
 */
public final class PartContext {
  private final CheckSettings settings;
  private final Path folder;
  private final String part;
  private final DeviceChoice device;
  private final PartProgress progress;
  private final Map<String, Object> results = new LinkedHashMap<>();
  private String summary = "";
  private boolean ended;

  PartContext(CheckSettings settings, Path folder, CheckPart part, PartProgress progress) {
    this.settings = settings;
    this.folder = folder;
    this.part = part.name();
    this.device = part.device(settings.device());
    this.progress = progress;
  }

  public CheckSettings settings() {
    return settings;
  }

  /** A folder that all parts of this check share, and that is deleted at its end. */
  public Path folder() {
    return folder;
  }

  /** Starts ND4J on the device of this part. */
  public DeviceDecision decideDevice() {
    return ProcessDevice.decide(device, Optional.empty());
  }

  /** Tells a result; one of the same name is replaced. */
  public synchronized void result(String name, Object value) throws IOException {
    results.put(RecordMap.key(name), value instanceof Record r ? RecordMap.of(r) : value);
    write(PartStatus.RUNNING, "", false);
  }

  /** Tells the components of a record, each as a result of its own. */
  public synchronized void results(Record values) throws IOException {
    results.putAll(RecordMap.of(values));
    write(PartStatus.RUNNING, "", false);
  }

  /** One line for tables, with units. */
  public synchronized void summary(String line) {
    summary = line;
  }

  /** Tells how far the part has come, as a share from 0 to 1. */
  public void progress(double share, String what) {
    progress.tell(share, what);
  }

  /** The first end counts: a part that ends while its time runs out has ended once. */
  synchronized void end(PartStatus status, String error, boolean usersFault) throws IOException {
    if (!ended) {
      write(status, error, usersFault);
      ended = true;
    }
  }

  private void write(PartStatus status, String error, boolean usersFault) throws IOException {
    if (!ended) {
      PartReport report = new PartReport(part, status, 0, summary, error, usersFault, results);
      JsonFile.write(file(folder, part), report.asMap());
    }
  }

  /** Where a part's process leaves what it found. */
  static Path file(Path folder, String part) {
    return folder.resolve(part + ".json");
  }
}
