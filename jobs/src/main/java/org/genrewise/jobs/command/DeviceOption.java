package org.genrewise.jobs.command;

import org.genrewise.device.DeviceChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option of verbs that run networks. */
public final class DeviceOption {

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "auto|cpu|cuda",
      converter = Converter.class,
      description =
          "What networks run on; auto is a GPU if there is one that this build serves, else the"
              + " CPU. Default: ${DEFAULT-VALUE}")
  private DeviceChoice choice;

  private static final class Converter implements ITypeConverter<DeviceChoice> {
    @Override
    public DeviceChoice convert(String text) {
      try {
        return DeviceChoice.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  public DeviceChoice choice() {
    return choice;
  }
}
