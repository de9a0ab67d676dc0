package org.genrewise.jobs.spark;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.genrewise.jobs.cli.UserException;
import org.genrewise.jobs.library.LibraryLister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://KEY:SECRET@bucket/music",
        "s3a://KEY:SEC/RET@bucket/music",
        "s3a://KEY:SEC/RET",
        "S3A://KEY:SECRET@bucket",
        "s3://SECRET@bucket/a b",
        "hdfs://user:SECRET@host:8020/music"
      })
  void credentialsInAUriAreRefusedAndNeverRepeated(String location) {
    UserException fault =
        assertThrows(UserException.class, () -> Locations.requireNoCredentials(location));

    assertFalse(fault.getMessage().contains("SECRET"), fault.getMessage());
    assertFalse(fault.getMessage().contains("RET@"), fault.getMessage());
    assertTrue(fault.getMessage().contains("conf/spark"), fault.getMessage());
    assertThrows(UserException.class, () -> Locations.hadoop(location));
    assertThrows(
        UserException.class,
        () -> new LibraryLister(LibraryLister.AUDIO_ENDINGS).list(location, new Configuration()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://bucket/artist: song @ home.mp3",
        "s3a://bucket/user:pass@thing.mp3",
        "hdfs://host:8020/music",
        "/music/s3a:/x@y",
        "a@b"
      })
  void colonsAndAtsElsewhereAreNoCredentials(String location) {
    assertDoesNotThrow(() -> Locations.requireNoCredentials(location));
    assertEquals(location, Locations.masked(location));
  }

  @Test
  void messagesLoseCredentialsAndKeepTheRest() {
    assertEquals(
        "cannot read s3a://bucket: no; hdfs://***@host/x",
        Locations.masked("cannot read s3a://bucket: no; hdfs://me:SECRET@host/x"));
    assertEquals(
        "Unmatched argument: 's3a://*** and more",
        Locations.masked("Unmatched argument: 's3a://KEY:SECRET@bucket' and more"));
  }

  /** Messages may repeat what a file says, and a file may say a million letters. */
  @Test
  void maskingALongTextTakesNoLongTime() {
    String letters = "a".repeat(2_000_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertTrue(Locations.masked(letters).equals(letters), "it changed");
          String masked = Locations.masked(letters + " hdfs://user:secret@host");
          assertEquals(" hdfs://***@host", masked.substring(letters.length()));
        });
  }

  @Test
  void whatIsReadMustNotLieInWhatIsReplaced() {
    Locations.requireApart("the model", "/models/a", "/models/ab");
    Locations.requireApart("the model", "s3a://models/a", "s3a://models/ab");
    Locations.requireApart("the model", "s3a://models/a", "/models/a");
    for (String[] pair :
        new String[][] {
          {"/models/a/save.pt", "/models/a"},
          {"/models/a", "/models/../models/a/"},
          {"s3a://models/a/save.pt", "s3a://models/a/"},
          {"s3a://models/a", "s3a://models"}
        }) {
      UserException refused =
          assertThrows(
              UserException.class, () -> Locations.requireApart("the model", pair[0], pair[1]));
      assertTrue(refused.getMessage().contains("lies in the output"), refused.getMessage());
    }
  }
}
