package org.genrewise.jobs.train;

import java.io.Serializable;
import org.genrewise.training.Split.Part;

/**
 * A slice on its way to who learns from it.
 *
 * @param id of its track
 * @param track number of its track
 * @param label class index
 * @param part what it is for
 * @param bins rows
 * @param frames columns
 * @param indices bins x frames colour indices
 */
record PlannedSlice(
    String id, int track, int label, Part part, int bins, int frames, byte[] indices)
    implements Serializable {}
