package org.genrewise.evaluation;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.genrewise.inference.TrackPrediction;
import org.genrewise.inference.Votes;
import org.genrewise.picture.Slice;

/**
 * Keeps the tracks that a model was most sure of and wrong about, each with the slice that misled
 * it most, so that a report can show them. Holds a bounded number, whatever is added, and what is
 * kept does not depend on the order. Those made apart can be merged. Not thread-safe.
 *
 * <p>Whoever has a track's slices at hand gives them with the track. Whoever has not asks {@link
 * #mistakes} at the end which are wanted, and gives them with {@link #draw}.
 */
public final class WorstMistakes implements Serializable {
  private static final long serialVersionUID = 1;

  /** How many tracks are kept; with their slices that is about 0.5 MB. */
  public static final int DEFAULT_LIMIT = 12;

  private final List<String> classes;
  private final int limit;
  private final TreeSet<Mistake> mistakes = new TreeSet<>();
  private final Map<Mistake, Slice> slices = new HashMap<>();

  /** Keeps {@value #DEFAULT_LIMIT} tracks. */
  public WorstMistakes(List<String> classes) {
    this(classes, DEFAULT_LIMIT);
  }

  /**
   * @param classes names, in index order
   * @param limit how many tracks are kept, at least 1
   */
  public WorstMistakes(List<String> classes, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("%d mistakes cannot be kept".formatted(limit));
    }
    this.classes = List.copyOf(classes);
    this.limit = limit;
  }

  /**
   * Adds one track, which is kept if it is among the worst so far.
   *
   * @param track its id; each track is added once
   * @param actual index of its class
   * @param probabilities of its slices: slices x classes, row-major
   * @return what was kept; empty if the label is right, or others are worse
   */
  public Optional<Mistake> add(String track, int actual, float[] probabilities) {
    TrackPrediction prediction = Votes.count(classes, probabilities);
    int predicted = prediction.labelIndex();
    if (predicted == actual) {
      return Optional.empty();
    }
    int slice = 0;
    for (int i = 1; i < prediction.slices(); i++) {
      if (probability(probabilities, i, predicted) > probability(probabilities, slice, predicted)) {
        slice = i;
      }
    }
    Mistake mistake =
        new Mistake(
            track,
            classes.get(actual),
            prediction.label(),
            prediction.confidence(),
            slice,
            probability(probabilities, slice, predicted));
    mistakes.add(mistake);
    shorten();
    return Optional.of(mistake).filter(mistakes::contains);
  }

  /**
   * The same with the slices at hand.
   *
   * @param sliceAt gives the slice at a position, from 0; asked for one at most
   */
  public Optional<Mistake> add(
      String track, int actual, float[] probabilities, IntFunction<Slice> sliceAt) {
    Optional<Mistake> kept = add(track, actual, probabilities);
    kept.ifPresent(mistake -> draw(mistake, sliceAt.apply(mistake.slice())));
    return kept;
  }

  /**
   * Gives the slice of a mistake; without effect if that is not kept any more.
   *
   * @param slice the one at {@link Mistake#slice}; not copied
   */
  public void draw(Mistake mistake, Slice slice) {
    if (mistakes.contains(mistake)) {
      slices.put(mistake, slice);
    }
  }

  /** Adds what another list of the same classes keeps. */
  public void merge(WorstMistakes other) {
    mistakes.addAll(other.mistakes);
    slices.putAll(other.slices);
    shorten();
  }

  /** Those that are kept, the worst first. */
  public List<Mistake> mistakes() {
    return List.copyOf(mistakes);
  }

  /** The slice of a mistake; empty if none was given. */
  public Optional<Slice> slice(Mistake mistake) {
    return Optional.ofNullable(slices.get(mistake));
  }

  private float probability(float[] probabilities, int slice, int c) {
    return probabilities[slice * classes.size() + c];
  }

  private void shorten() {
    while (mistakes.size() > limit) {
      slices.remove(mistakes.pollLast());
    }
  }
}
