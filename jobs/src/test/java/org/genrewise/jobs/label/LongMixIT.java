package org.genrewise.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.jobs.testing.UntrainedModel;
import org.genrewise.jobs.testing.VerbProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mix of three hours beside jingles of ten seconds, in a small heap. */
class LongMixIT {
  private static final int RATE = 22_050;
  private static final int HOURS = 3;

  @TempDir private Path folder;

  @Test
  void aMixOfThreeHoursIsOneRowLikeAnyOther() throws Exception {
    Path audio = Tunes.write(folder.resolve("audio"), 20, 10);
    writeMix(audio.resolve("mix.wav"));
    String model = UntrainedModel.save(folder.resolve("model"), 1);
    Path output = folder.resolve("labels");

    try (VerbProcess run =
        VerbProcess.start(
            folder.resolve("log.txt"),
            List.of("-Xmx1g"),
            VerbProcess.label(audio, model, output))) {
      assertEquals(0, run.await(), run.text());
    }

    Runs runs = new Runs(model, output);
    assertEquals(61, runs.labelled().size());
    // 490 frames a slice, a little less than 11.4 s.
    assertEquals(
        949, runs.table("labels").filter("path like '%mix.wav'").first().<Integer>getAs("slices"));
  }

  /** 16-bit noise whose loudness changes every second. */
  private static void writeMix(Path file) throws IOException {
    int bytes = HOURS * 3600 * RATE * 2;
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
      header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
      header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
      header.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * 2);
      header.putShort((short) 2).putShort((short) 16);
      header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
      out.write(header.flip());
      Random random = new Random(1);
      ByteBuffer second = ByteBuffer.allocate(RATE * 2).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < HOURS * 3600; i++) {
        int loudness = 100 + random.nextInt(20_000);
        second.clear();
        while (second.hasRemaining()) {
          second.putShort((short) random.nextInt(-loudness, loudness));
        }
        out.write(second.flip());
      }
    }
    assertEquals(44L + bytes, Files.size(file));
  }
}
