package org.genrewise.jobs.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.genrewise.jobs.cli.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSchemaTest {
  private static final Setting<Integer> EPOCHS = Setting.whole("epochs", 20, "epochs", "how many");
  private static final Setting<Double> RATE = Setting.number("rate", 0.1, "0 to 1", "how fast");
  private static final Setting<String> LIST = Setting.text("list", "a,b", "list", "which");
  private static final SettingsSchema SCHEMA = new SettingsSchema(List.of(EPOCHS, RATE, LIST));

  @TempDir private Path folder;

  @Test
  void defaultsStandWhereNothingIsSaid() {
    Settings settings = SCHEMA.resolve(Optional.empty(), List.of());

    assertEquals(20, settings.value(EPOCHS));
    assertEquals(0.1, settings.value(RATE));
  }

  @Test
  void assignmentsWinOverTheFileAndTheFileOverDefaults() throws IOException {
    Path file = write("epochs = 3, rate = 0.5");

    Settings settings = SCHEMA.resolve(Optional.of(file), List.of("rate=0.25"));

    assertEquals(3, settings.value(EPOCHS));
    assertEquals(0.25, settings.value(RATE));
  }

  @Test
  void aListInTheFileIsTheSameAsItsElementsWithCommas() throws IOException {
    Settings settings = SCHEMA.resolve(Optional.of(write("list = [x, y]")), List.of());

    assertEquals("x,y", settings.value(LIST));
  }

  @Test
  void unknownKeysAreRefusedByNameWithThoseThatThereAre() throws IOException {
    Path file = write("epoch = 3");
    UserException inFile =
        assertThrows(UserException.class, () -> SCHEMA.resolve(Optional.of(file), List.of()));
    UserException onLine =
        assertThrows(
            UserException.class, () -> SCHEMA.resolve(Optional.empty(), List.of("epoch=3")));

    for (UserException fault : List.of(inFile, onLine)) {
      assertTrue(fault.getMessage().contains("'epoch'"), fault.getMessage());
      assertTrue(fault.getMessage().contains("epochs, rate, list"), fault.getMessage());
    }
  }

  @Test
  void aValueThatCannotBeReadIsNamed() {
    Settings settings = SCHEMA.resolve(Optional.empty(), List.of("epochs=many"));

    UserException fault = assertThrows(UserException.class, () -> settings.value(EPOCHS));

    assertEquals("setting epochs = 'many': must be a whole number", fault.getMessage());
  }

  @Test
  void whatIsNoAssignmentNoHoconOrNoFileIsTheUsersFault() throws IOException {
    Path broken = write("epochs = {");
    List<Runnable> attempts =
        List.of(
            () -> SCHEMA.resolve(Optional.empty(), List.of("epochs")),
            () -> SCHEMA.resolve(Optional.of(broken), List.of()),
            () -> SCHEMA.resolve(Optional.of(folder.resolve("missing.conf")), List.of()));

    attempts.forEach(attempt -> assertThrows(UserException.class, attempt::run));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("settings.conf"), text);
  }
}
