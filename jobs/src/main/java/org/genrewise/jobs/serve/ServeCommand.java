package org.genrewise.jobs.serve;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.genrewise.device.DeviceDecision;
import org.genrewise.device.ProcessDevice;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Version;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.command.DeviceOption;
import org.genrewise.jobs.command.VerbCommand;
import org.genrewise.jobs.model.Engine;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.spark.HadoopConfiguration;
import org.genrewise.jobs.spark.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb serve. */
@Command(
    name = "serve",
    description =
        "Serves a page that labels the tracks that are dropped on it, and the same as JSON over"
            + " HTTP; nothing that is sent is kept.",
    mixinStandardHelpOptions = true)
public final class ServeCommand extends VerbCommand {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "LOCATION",
      description = "Output of train, or the bundle in it. Required")
  private String model;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "NAME",
      description =
          "Name or address to listen on; others than loopback let other machines in, without"
              + " passwords. Default: ${DEFAULT-VALUE}")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "7860",
      paramLabel = "N",
      description = "Port to listen on; 0: any that is free. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--origin",
      paramLabel = "URL",
      description =
          "Where a proxy serves the page, for example https://music.example: requests by that name are"
              + " answered too. Default: none")
  private String origin;

  @Mixin private DeviceOption deviceOption;

  public ServeCommand() {
    super(ServeOptions.SCHEMA);
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new ServeCommand(), arguments));
  }

  @Override
  protected void execute(Console console, Settings settings) throws IOException {
    console.note("genrewise %s %s; Java %s".formatted(verb(), Version.text(), Runtime.version()));
    DeviceDecision decision = ProcessDevice.decide(deviceOption.choice(), Optional.empty());
    if (!decision.reason().isEmpty()) {
      console.note(decision.reason());
    }
    Configuration configuration = HadoopConfiguration.withoutSpark();
    LoadedModel loaded =
        LoadedModel.load(LoadedModel.locate(new Storage(configuration), model), configuration);
    ServeSettings serve =
        ServeOptions.settings(
            host,
            port,
            Optional.ofNullable(origin),
            settings,
            loaded.info().features().cqt().sampleRate());
    console.note(Engine.description(loaded.precision()));
    console.note(
        "model %s, version %s, %d classes"
            .formatted(loaded.info().modelId(), loaded.version(), loaded.info().classes().size()));
    ServeJob.run(loaded, serve, console);
  }
}
