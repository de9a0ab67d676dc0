package org.genrewise.check;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.genrewise.device.DeviceException;
import org.genrewise.weights.WeightsException;

/** The process of one part: {@code FOLDER PART OPTIONS}. {@link PartProcess} starts it. */
public final class PartMain {
  /** What lines of progress begin with; the share in thousandths and a text follow. */
  static final String PROGRESS = "@progress ";

  private static final int THOUSANDTHS = 1000;

  private PartMain() {}

  public static void main(String[] arguments) throws IOException {
    run(CheckParts.ALL, arguments);
  }

  /** Runs one of some parts, and ends this process. */
  static void run(List<CheckPart> parts, String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    CheckPart part = CheckParts.named(parts, arguments[1]);
    CheckSettings settings =
        CheckSettings.parse(Arrays.asList(arguments).subList(2, arguments.length));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PartContext context =
        new PartContext(settings, folder, part, (share, what) -> tell(out, share, what));
    ChildJvm.whenParentEnds(() -> GpuCheck.clear(folder));
    Thread worker = Thread.currentThread();
    watch("limit of the check", () -> awaitLimit(settings, context, worker));
    run(part, context);
    // Not exit: what was found is written, and libraries of a GPU may not survive their own end.
    Runtime.getRuntime().halt(0);
  }

  private static void tell(PrintStream out, double share, String what) {
    out.println(PROGRESS + Math.round(share * THOUSANDTHS) + " " + what);
  }

  private static void run(CheckPart part, PartContext context) throws IOException {
    try {
      part.run(context);
      context.end(PartStatus.OK, "", false);
    } catch (PartSkippedException e) {
      context.end(PartStatus.SKIPPED, e.getMessage(), false);
    } catch (PartFailedException e) {
      context.end(PartStatus.FAILED, e.getMessage(), false);
    } catch (DeviceException | WeightsException e) {
      context.end(PartStatus.FAILED, e.getMessage(), true);
    } catch (Throwable e) {
      // whatever it is, a part's end is told and not thrown
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      context.end(PartStatus.FAILED, trace.toString().strip(), false);
    }
  }

  private static void watch(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void awaitLimit(CheckSettings settings, PartContext context, Thread worker) {
    try {
      Thread.sleep(settings.limit().toMillis());
      context.end(
          PartStatus.FAILED,
          "it did not end within %.0f s (--limit) and was ended; it stood at%n%s"
              .formatted(settings.limit().toMillis() / 1e3, place(worker)),
          false);
    } catch (IOException e) {
      // the parent tells that it ended without a word
    } catch (InterruptedException e) {
      return;
    }
    ChildJvm.halt();
  }

  private static String place(Thread worker) {
    return Arrays.stream(worker.getStackTrace())
        .map(frame -> "\tat " + frame)
        .collect(Collectors.joining("\n"));
  }
}
