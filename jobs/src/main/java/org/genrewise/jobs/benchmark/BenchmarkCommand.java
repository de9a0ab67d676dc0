package org.genrewise.jobs.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genrewise.device.DeviceDecision;
import org.genrewise.device.ProcessDevice;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.cli.TextTable;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.command.CommandRunner;
import org.genrewise.jobs.command.DeviceOption;
import org.genrewise.jobs.command.VerbCommand;
import org.genrewise.jobs.model.Engine;
import org.genrewise.jobs.settings.Settings;
import org.genrewise.jobs.spark.Json;
import org.genrewise.network.GraphOptions.Recompute;
import org.genrewise.network.Precision;
import org.genrewise.network.Width;
import org.genrewise.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The verb benchmark: how fast this project is on this machine, its parts each alone or a folder of
 * files the whole way. The scripts in benchmarks/ measure the Python peers.
 */
@Command(
    name = "benchmark",
    description = {
      "Measures the speed of the transform, the picture, the network and labelling, each alone; or,"
          + " with --files, of a folder of audio: labels of 1, 10 and 100 files, one epoch of"
          + " training, memory and accuracy, on the CPU and, where there is one, on the GPU in"
          + " float32 and float16."
    },
    mixinStandardHelpOptions = true)
public final class BenchmarkCommand extends VerbCommand {

  /** Options that say nothing of files; their settings do that. */
  private static final List<String> OF_PARTS =
      List.of("--runs", "--width", "--input-size", "--precision", "--recompute");

  private static final List<String> OF_FILES =
      List.of("--config", "--set", "--manifest", "--report");

  @Spec private CommandSpec spec;

  @Option(
      names = "--files",
      paramLabel = "FOLDER",
      description =
          "Measure audio that is laid out as LABEL/track.*, by the settings below; with --device auto"
              + " on the CPU and on a GPU. Default: the parts are measured")
  private Path files;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "With --files: CSV or Parquet with the columns path, label, group, instead of listing the"
              + " folder. Without it every file is a group of its own. Default: none")
  private Path manifest;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Write the minima, in seconds, to this file; with --files all numbers, the machine and the"
              + " splits. Default: none")
  private Path json;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "With --files: write a page with the tables. Default: none")
  private Path report;

  @Option(
      names = "--runs",
      defaultValue = "5",
      paramLabel = "N",
      description = "Counted runs of the network, at least 1. Default: ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--width",
      defaultValue = "1",
      paramLabel = "1|1/2|1/4|1/8|1/16",
      converter = WidthConverter.class,
      description = "Width of the network. Default: ${DEFAULT-VALUE}")
  private Width width;

  @Option(
      names = "--input-size",
      defaultValue = "224",
      paramLabel = "PIXELS",
      description = "Height and width of the pictures. Default: ${DEFAULT-VALUE}")
  private int inputSize;

  @Option(
      names = "--precision",
      defaultValue = "FLOAT32",
      paramLabel = "FLOAT32|FLOAT16",
      description = "Of the network. Default: ${DEFAULT-VALUE}")
  private Precision precision;

  @Option(
      names = "--recompute",
      defaultValue = "NONE",
      paramLabel = "NONE|BLOCKS",
      description = "What a step computes again. Default: ${DEFAULT-VALUE}")
  private Recompute recompute;

  @Mixin private DeviceOption device;

  private static final class WidthConverter implements ITypeConverter<Width> {
    @Override
    public Width convert(String text) {
      return Width.parse(text);
    }
  }

  public BenchmarkCommand() {
    super(FilesOptions.SCHEMA);
  }

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new BenchmarkCommand(), arguments));
  }

  @Override
  protected void execute(Console console, Settings settings) throws IOException {
    requireOptionsOfOneKind();
    if (files == null) {
      measureParts(console);
    } else {
      measureFiles(console, settings);
    }
  }

  private void requireOptionsOfOneKind() {
    List<String> others = files == null ? OF_FILES : OF_PARTS;
    for (String option : others) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(),
            files == null
                ? option + " needs --files FOLDER"
                : option + " is of the parts; with --files give --set KEY=VALUE");
      }
    }
  }

  private void measureParts(Console console) throws IOException {
    PartsSettings parts =
        Settings.validated(() -> new PartsSettings(runs, width, inputSize, precision, recompute));
    DeviceDecision decision = ProcessDevice.decide(device.choice(), Optional.empty());
    if (!decision.reason().isEmpty()) {
      console.note(decision.reason());
    }
    console.note("%s; Java %s".formatted(Engine.description(precision), Runtime.version()));
    Map<String, Double> minima = new PartsBenchmark(console, parts).run();
    if (json != null) {
      Files.writeString(json, Json.of(minima));
    }
  }

  private void measureFiles(Console console, Settings settings) throws IOException {
    FilesReport found =
        new FilesBenchmark(
                console,
                new FilesRequest(
                    files,
                    Optional.ofNullable(manifest),
                    device.choice(),
                    Optional.ofNullable(json),
                    Optional.ofNullable(report),
                    FilesOptions.of(settings),
                    settings.asMap()))
            .run();
    print(console, found);
    requireAll(found);
  }

  private static void print(Console console, FilesReport found) {
    console.print(FilesTables.machine(found.machine()));
    console.print(FilesTables.files(found));
    FilesTables.of(found)
        .forEach(
            table -> {
              console.print("");
              console.print(table.caption());
              text(table).print(console);
            });
  }

  private static TextTable text(Table table) {
    return new TextTable(
        table.columns().stream()
            .map(column -> (column.kind() == Table.Kind.NUMBER ? ">" : "") + column.name())
            .toList(),
        table.rows());
  }

  private static void requireAll(FilesReport found) {
    List<StageResult> failed = found.failed();
    if (failed.isEmpty()) {
      return;
    }
    String names = String.join("; ", failed.stream().map(StageResult::name).toList());
    String message =
        "%d of %d stages failed: %s; why stands above"
            .formatted(failed.size(), found.stages().size(), names);
    if (failed.stream().allMatch(StageResult::usersFault)) {
      throw new UserException(message);
    }
    throw new IllegalStateException(message);
  }
}
