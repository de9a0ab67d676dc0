package org.genrewise.jobs.label;

import java.io.Serializable;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.genrewise.jobs.model.LoadedModel;

/**
 * What all rows of a label run have in common.
 *
 * @param runId begins with the time, so that runs sort by name
 * @param day when it began, UTC
 * @param featureVersion of the model's features, and how many slices of a track are analysed unless
 *     it is all
 * @param limits which lengths are accepted, in seconds: failures by length hold as long as these do
 */
record RunIdentity(
    String runId,
    Date day,
    String modelId,
    String modelVersion,
    String featureVersion,
    String limits)
    implements Serializable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  static RunIdentity begin(LabelSettings settings, LoadedModel model) {
    Instant now = Instant.now();
    int slices = settings.analysis().slicesPerTrack();
    return new RunIdentity(
        TIME.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8),
        Date.valueOf(LocalDate.ofInstant(now, ZoneOffset.UTC)),
        model.info().modelId(),
        model.version(),
        model.info().features().version() + (slices == 0 ? "" : "-take" + slices),
        settings.library().decoder().limits());
  }
}
