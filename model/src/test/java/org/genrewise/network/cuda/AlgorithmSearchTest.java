package org.genrewise.network.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.genrewise.network.cuda.AlgorithmSearch.Found;
import org.genrewise.network.cuda.AlgorithmSearch.Trial;
import org.junit.jupiter.api.Test;

class AlgorithmSearchTest {
  private static final long BOUND = 1000;
  private static final AlgorithmSearch ANY = new AlgorithmSearch(BOUND, false);
  private static final AlgorithmSearch PRODUCTS = new AlgorithmSearch(BOUND, true);

  @Test
  void proposalsKeepTheirOrderAndDeterministicOnesComeFirst() {
    List<Algorithm> proposals =
        List.of(
            new Algorithm(3, true, false, 0),
            new Algorithm(5, true, true, 10),
            new Algorithm(1, true, true, 10));
    assertEquals(List.of(5, 1, 3, 0), ANY.order(proposals));
  }

  @Test
  void whatIsNotSupportedOrTooLargeIsLeftOut() {
    List<Algorithm> proposals =
        List.of(new Algorithm(4, false, true, 0), new Algorithm(5, true, true, BOUND + 1));
    assertEquals(List.of(1, 0), ANY.order(proposals));
  }

  @Test
  void transformingAlgorithmsAreLeftOutIn16Bits() {
    List<Algorithm> proposals =
        List.of(new Algorithm(7, true, true, 0), new Algorithm(0, true, false, 0));
    assertEquals(List.of(7, 1, 0), ANY.order(proposals));
    assertEquals(List.of(1, 0), PRODUCTS.order(proposals));
  }

  @Test
  void theFirstThatRunsIsFound() {
    Library library = new Library(Set.of(5, 1), Set.of(1));
    List<Algorithm> proposals =
        List.of(new Algorithm(5, true, true, 10), new Algorithm(1, true, true, 10));
    assertEquals(new Found(1, 100), ANY.find(proposals, library));
    assertEquals(List.of(5, 1), library.tried);
  }

  @Test
  void workspaceIsAskedForAndBounded() {
    Library library = new Library(Set.of(0, 5), Set.of(0, 5));
    AlgorithmSearch small = new AlgorithmSearch(50, false);
    List<Algorithm> proposals = List.of(new Algorithm(5, true, true, 10));
    // 5 says that it needs 10 and then wants 500
    assertEquals(new Found(0, 0), small.find(proposals, library));
    assertEquals(List.of(0), library.tried);
  }

  @Test
  void whereNoneRunsTheMessageTellsWhatWasTried() {
    Library library = new Library(Set.of(), Set.of());
    String message =
        assertThrows(IllegalStateException.class, () -> ANY.find(List.of(), library)).getMessage();
    assertEquals(
        "none of cuDNN's algorithms [1, 0] computes this convolution in 1,000 bytes of workspace; it proposed []",
        message);
  }

  private static final class Library implements Trial {
    private final Set<Integer> known;
    private final Set<Integer> works;
    private final List<Integer> tried = new ArrayList<>();

    Library(Set<Integer> known, Set<Integer> works) {
      this.known = known;
      this.works = works;
    }

    @Override
    public OptionalLong workspace(int algorithm) {
      return known.contains(algorithm) ? OptionalLong.of(100L * algorithm) : OptionalLong.empty();
    }

    @Override
    public boolean run(int algorithm, long workspace) {
      tried.add(algorithm);
      return works.contains(algorithm);
    }
  }
}
