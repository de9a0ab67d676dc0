package org.genrewise.jobs.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.genrewise.evaluation.Mistake;
import org.genrewise.evaluation.WorstMistakes;
import org.genrewise.jobs.extract.FeatureTable;
import org.genrewise.jobs.testing.LocalSpark;
import org.genrewise.picture.Slice;
import org.junit.jupiter.api.Test;

class MistakePicturesTest {
  private static final List<String> CLASSES = List.of("folk", "rock");

  @Test
  void findsTheSliceThatMisledAndThePathOfItsTrack() {
    WorstMistakes mistakes = new WorstMistakes(CLASSES);
    mistakes.add("a", 0, new float[] {0.5f, 0.5f, 0.25f, 0.75f, 0, 1});
    mistakes.add("b", 0, new float[] {0, 1, 0.25f, 0.75f});
    mistakes.add("gone", 0, new float[] {0.125f, 0.875f});

    Map<String, String> paths = MistakePictures.draw(features(), mistakes);

    assertEquals(Map.of("a", "/a.wav", "b", "/b.wav"), paths);
    for (Mistake mistake : mistakes.mistakes()) {
      if (mistake.track().equals("gone")) {
        assertTrue(mistakes.slice(mistake).isEmpty());
      } else {
        Slice slice = mistakes.slice(mistake).orElseThrow();
        // track a's slice 1 was not judged, so its third is slice 3
        assertEquals(mistake.track().equals("a") ? 3 : 0, slice.index());
        assertArrayEquals(new byte[] {(byte) slice.index()}, slice.indices());
      }
    }
  }

  @Test
  void asksForNothingWhereNothingIsWrong() {
    assertEquals(Map.of(), MistakePictures.draw(features(), new WorstMistakes(CLASSES)));
  }

  private static Dataset<Row> features() {
    List<Row> rows = new ArrayList<>();
    for (String track : List.of("a", "b", "c")) {
      for (int slice : new int[] {3, 0, 2}) {
        rows.add(
            RowFactory.create(
                track,
                "/" + track + ".wav",
                "folk",
                null,
                slice,
                11.4 * slice,
                1,
                1,
                new byte[] {(byte) slice},
                -80f,
                0f,
                false,
                "v"));
      }
    }
    return LocalSpark.session().createDataFrame(rows, FeatureTable.SCHEMA);
  }
}
