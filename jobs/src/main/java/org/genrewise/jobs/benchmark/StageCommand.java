package org.genrewise.jobs.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.genrewise.check.ChildJvm;
import org.genrewise.check.JsonFile;
import org.genrewise.check.RecordMap;
import org.genrewise.device.DeviceChoice;
import org.genrewise.jobs.cli.ExitCode;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.spark.TemporaryFolder;
import org.genrewise.network.Precision;
import org.genrewise.training.NotEnoughMemoryException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The process of one stage. {@link StageProcess} starts it. */
@Command(name = StageCommand.NAME)
final class StageCommand implements Callable<Integer> {
  static final String NAME = "stage";

  /** What lines of progress begin with. */
  static final String PROGRESS = "@progress ";

  @Parameters(index = "0")
  private Path folder;

  @Parameters(index = "1")
  private String stage;

  @Parameters(index = "2")
  private String device;

  @Parameters(index = "3")
  private Precision precision;

  public static void main(String[] arguments) {
    ChildJvm.whenParentEnds(() -> clear(Path.of(arguments[0])));
    int code = CommandRunner.run(new StageCommand(), arguments);
    System.err.flush();
    // Not exit: what was found is written, and libraries of a GPU may not survive their own end.
    Runtime.getRuntime().halt(code);
  }

  private static void clear(Path folder) {
    try {
      new TemporaryFolder(folder).close();
    } catch (IOException e) {
      // what is left of a temporary folder is nothing to tell of: nobody listens any more
    }
  }

  @Override
  public Integer call() throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    StageContext context =
        new StageContext(
            folder, DeviceChoice.parse(device), precision, line -> out.println(PROGRESS + line));
    Map<String, Object> found = new LinkedHashMap<>(RecordMap.of(run(context)));
    found.put("memory", RecordMap.of(context.memory()));
    JsonFile.write(StageFiles.result(folder), found);
    return ExitCode.DONE;
  }

  private Record run(StageContext context) throws Exception {
    try {
      return Stages.named(stage).run(context);
    } catch (Exception | OutOfMemoryError e) {
      Optional<OutOfMemoryError> shortage = NotEnoughMemoryException.cause(e);
      if (shortage.isPresent()) {
        throw new NotEnoughMemoryException(shortage.get());
      }
      throw e;
    }
  }
}
