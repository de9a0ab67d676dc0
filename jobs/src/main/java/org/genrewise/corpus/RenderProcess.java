package org.genrewise.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * Main class of the JVM that renders, started by {@link Renderer}. Arguments: a folder of MIDI
 * files, the folder that gets a WAV file for each of them under the same relative name, the samples
 * of each. It prints a line for each finished file, and ends when its standard input does: no
 * longer lived than the one who started it.
 */
final class RenderProcess {

  private static final AudioFormat FORMAT = new AudioFormat(Corpus.SAMPLE_RATE, 16, 1, true, false);

  private final Path scores;
  private final Path output;
  private final int samples;
  private final Synthesizer synthesizer = new Synthesizer(Corpus.SAMPLE_RATE);

  private RenderProcess(Path scores, Path output, int samples) {
    this.scores = scores;
    this.output = output;
    this.samples = samples;
  }

  public static void main(String[] arguments) throws Exception {
    Thread orphaned = new Thread(RenderProcess::endWithParent, "end-with-parent");
    orphaned.setDaemon(true);
    orphaned.start();
    new RenderProcess(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]))
        .renderAll();
  }

  private static void endWithParent() {
    try (OutputStream nowhere = OutputStream.nullOutputStream()) {
      System.in.transferTo(nowhere);
    } catch (IOException e) {
      // The parent is gone, too.
    }
    Runtime.getRuntime().halt(1);
  }

  private void renderAll() throws IOException, InterruptedException, ExecutionException {
    List<Path> midis;
    try (Stream<Path> files = Files.walk(scores)) {
      midis = files.filter(Files::isRegularFile).sorted().toList();
    }
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<Path>> pieces =
          midis.stream().map(midi -> pool.submit(() -> render(midi))).toList();
      for (Future<Path> piece : pieces) {
        System.out.println(piece.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private Path render(Path midi) throws IOException {
    byte[] pcm =
        Loudness.normalised(
            synthesizer.render(Files.readAllBytes(midi), samples), Corpus.SAMPLE_RATE);
    Path name = Renderer.audioName(scores.relativize(midi));
    Path target = output.resolve(name);
    Files.createDirectories(target.getParent());
    Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
    try (AudioInputStream audio =
        new AudioInputStream(new ByteArrayInputStream(pcm), FORMAT, samples)) {
      AudioSystem.write(audio, AudioFileFormat.Type.WAVE, temporary.toFile());
    }
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return name;
  }
}
