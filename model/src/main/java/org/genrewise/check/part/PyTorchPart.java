package org.genrewise.check.part;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.genrewise.check.CheckPart;
import org.genrewise.check.CheckSettings;
import org.genrewise.check.PartContext;
import org.genrewise.check.PartFailedException;
import org.genrewise.check.PartSkippedException;
import org.genrewise.device.Device;
import org.genrewise.device.DeviceChoice;
import org.genrewise.json.Json;

/** The same network in PyTorch, with and without automatic mixed precision, on the same machine. */
public final class PyTorchPart implements CheckPart {
  private static final String SCRIPT = "pytorch_peer.py";
  private static final String PROGRESS = "@progress ";
  private static final String RESULT = "@result ";
  private static final int KEPT_LINES = 20;

  /** The script's exit code where the module is missing. */
  private static final int NO_TORCH = 9;

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public boolean isOnDevice() {
    return false;
  }

  @Override
  public void run(PartContext context) throws Exception {
    Path script = context.folder().resolve(SCRIPT);
    try (InputStream stream = PyTorchPart.class.getResourceAsStream(SCRIPT)) {
      Files.copy(stream, script);
    }
    Process process = start(context.settings(), script);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      List<String> said = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(PROGRESS)) {
          String[] words = line.substring(PROGRESS.length()).split(" ", 2);
          context.progress(Double.parseDouble(words[0]), words[1]);
        } else if (line.startsWith(RESULT)) {
          tell(context, line.substring(RESULT.length()));
        } else if (said.size() < KEPT_LINES) {
          said.add(line);
        }
      }
      requireDone(context.settings(), process.waitFor(), String.join("\n", said));
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(CheckSettings settings, Path script) throws Exception {
    List<String> command = new ArrayList<>(List.of(settings.python(), script.toString()));
    command.addAll(List.of("--device", settings.device() == DeviceChoice.CPU ? "cpu" : "auto"));
    command.addAll(List.of("--width", Integer.toString(settings.width().divisor())));
    command.addAll(List.of("--input-size", Integer.toString(settings.inputSize())));
    command.addAll(List.of("--runs", Integer.toString(settings.runs())));
    command.addAll(List.of("--cpu-batches", joined(settings.batches(Device.Kind.CPU))));
    command.addAll(List.of("--cuda-batches", joined(settings.batches(Device.Kind.CUDA))));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectInput(new File("/dev/null"))
          .start();
    } catch (IOException e) {
      throw new PartSkippedException("there is no program " + settings.python());
    }
  }

  private static String joined(List<Integer> numbers) {
    return String.join(",", numbers.stream().map(String::valueOf).toList());
  }

  private static void tell(PartContext context, String json) throws IOException {
    Map<String, Object> results = Json.parse(SCRIPT, json).root().unwrapped();
    for (Map.Entry<String, Object> result : results.entrySet()) {
      context.result(result.getKey(), result.getValue());
    }
    context.summary("PyTorch %s on %s".formatted(results.get("torch"), results.get("device")));
  }

  private static void requireDone(CheckSettings settings, int exitCode, String said)
      throws PartSkippedException, PartFailedException {
    if (exitCode == NO_TORCH) {
      throw new PartSkippedException("%s has no module torch".formatted(settings.python()));
    }
    if (exitCode != 0) {
      throw new PartFailedException(
          "%s ended with exit code %d: %s".formatted(settings.python(), exitCode, said));
    }
  }
}
