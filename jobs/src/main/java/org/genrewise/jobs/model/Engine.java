package org.genrewise.jobs.model;

import java.util.Locale;
import org.genrewise.network.Precision;
import org.genrewise.network.Versions;
import org.nd4j.linalg.factory.Nd4j;

/** On what networks run in this process, for the first lines of a run and for its rows. */
public final class Engine {

  /** The only kind of device that this build has code for. */
  public static final String DEVICE = "cpu";

  private Engine() {}

  /** The precision as users write it. */
  public static String precision(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }

  /** One line: device, precision, library and threads. */
  public static String description(Precision precision) {
    return "device %s, precision %s, ND4J %s with oneDNN, %s threads"
        .formatted(
            DEVICE,
            precision(precision),
            Versions.nd4j(),
            Nd4j.getEnvironment().maxMasterThreads());
  }
}
