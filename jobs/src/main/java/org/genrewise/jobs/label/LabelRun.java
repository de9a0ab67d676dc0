package org.genrewise.jobs.label;

import java.io.Serializable;
import java.sql.Date;

/**
 * What all rows of a label run have in common.
 *
 * @param runId of the run
 * @param day when it began, UTC
 */
record LabelRun(
    String runId,
    Date day,
    String modelId,
    String modelVersion,
    String featureVersion,
    String precision,
    String device)
    implements Serializable {}
