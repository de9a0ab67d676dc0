package org.genrewise.jobs.weights;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.genrewise.bundle.BundleInfo;
import org.genrewise.device.DeviceChoice;
import org.genrewise.device.ProcessDevice;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.Version;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.command.OutputOption;
import org.genrewise.jobs.command.VerbCommand;
import org.genrewise.jobs.model.Engine;
import org.genrewise.jobs.model.LoadedModel;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.settings.SettingsSchema;
import org.genrewise.jobs.spark.HadoopConfiguration;
import org.genrewise.jobs.spark.Storage;
import org.genrewise.network.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb export-weights. */
@Command(
    name = "export-weights",
    description = "Writes a model's parameters under PyTorch's names, as safetensors.",
    mixinStandardHelpOptions = true)
public final class ExportWeightsCommand extends VerbCommand {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "LOCATION",
      description = "Output of train or import-weights, or the bundle in it. Required")
  private String model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "LOCATION",
      description = "The safetensors file. Required")
  private String output;

  @Option(
      names = "--check",
      paramLabel = "LOCATION",
      description =
          "A second file: 4 pictures, and the logits that this program gives for them, to check a"
              + " loaded copy by. Default: none is written")
  private String check;

  @Mixin private OutputOption replacing;

  public ExportWeightsCommand() {
    super(new SettingsSchema(List.of()));
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new ExportWeightsCommand(), arguments));
  }

  @Override
  protected void execute(Console console, Settings settings) {
    console.note("genrewise %s %s; Java %s".formatted(verb(), Version.text(), Runtime.version()));
    if (check != null) {
      // what others are checked by is what a CPU computes
      ProcessDevice.decide(DeviceChoice.CPU, Optional.empty());
      console.note(Engine.description(Precision.FLOAT32));
    }
    Configuration configuration = HadoopConfiguration.withoutSpark();
    BundleInfo info =
        ExportWeightsJob.run(
            configuration,
            console,
            new ExportWeightsSettings(
                LoadedModel.locate(new Storage(configuration), model),
                output,
                Optional.ofNullable(check),
                replacing.mode()));
    console.print("weights of %s: %s".formatted(info.modelId(), output));
    if (check != null) {
      console.print("check: " + check);
    }
  }
}
