package org.genrewise.corpus;

import java.nio.file.Path;

/**
 * One rendered piece.
 *
 * @param path of its WAV file
 * @param label name of its class
 * @param group tracks of one group must not be split between training and testing; each piece is a
 *     group of its own
 */
public record CorpusTrack(Path path, String label, String group) {}
