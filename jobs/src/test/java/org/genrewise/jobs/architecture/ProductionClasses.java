package org.genrewise.jobs.architecture;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.genrewise.extraction.FeatureExtractor;
import org.genrewise.jobs.Genrewise;
import org.genrewise.training.Trainer;

/** The classes of the three modules, without those of their tests. */
final class ProductionClasses {
  static final String ROOT = "org.genrewise.";

  static final JavaClasses ALL = read();

  private ProductionClasses() {}

  private static JavaClasses read() {
    // What other libraries look like inside is nothing that a rule asks for.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .importLocations(
            Stream.of(FeatureExtractor.class, Trainer.class, Genrewise.class)
                .map(ProductionClasses::module)
                .toList());
  }

  /** The folder of a class; a jar once the module is packaged. */
  private static Location module(Class<?> type) {
    try {
      Path path = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.isDirectory(path) ? Location.of(path) : Location.of(new JarFile(path.toFile()));
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The full names of packages that are named without their root. */
  static String[] named(String... packages) {
    return Arrays.stream(packages).map(name -> ROOT + name).toArray(String[]::new);
  }
}
