import java.io.IOException;
import java.nio.file.Path;
import org.genrewise.corpus.Corpus;
import org.genrewise.corpus.CorpusSettings;

/**
 * Renders a library of music in 16 folders that no model has heard: the demo's rules, another seed.
 *
 * <p>Usage: java -cp jobs/target/genrewise.jar notebooks/RenderLibrary.java FOLDER TRACKS_PER_CLASS
 * SECONDS_PER_TRACK SEED
 */
final class RenderLibrary {
  private RenderLibrary() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      System.err.println("usage: RenderLibrary FOLDER TRACKS_PER_CLASS SECONDS_PER_TRACK SEED");
      System.exit(1);
    }
    CorpusSettings settings =
        new CorpusSettings(
            Integer.parseInt(arguments[1]),
            Double.parseDouble(arguments[2]),
            Long.parseLong(arguments[3]));
    Corpus.write(Path.of(arguments[0]), settings, (done, total) -> {});
  }
}
