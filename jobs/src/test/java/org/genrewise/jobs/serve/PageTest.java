package org.genrewise.jobs.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.genrewise.jobs.testing.Tunes;
import org.genrewise.jobs.testing.UntrainedModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser, before a real server. */
class PageTest {
  private static final Path PICTURES = Path.of("target/page");
  private static final double SECONDS = 30;

  /** Whom the page may ask: hosts with ports. */
  private static final Set<String> SERVERS = new HashSet<>();

  @TempDir static Path folder;

  private static Browser browser;
  private static String model;
  private static RunningServer server;
  private static URI page;
  private static Path low;
  private static Path high;
  private static Path noise;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start(folder.resolve("chromedriver.log"));
    Path tunes = Tunes.write(folder.resolve("tunes"), 1, SECONDS);
    low = tunes.resolve("low/track00.wav");
    high = tunes.resolve("high/track00.wav");
    noise = tunes.resolve("noise/track00.wav");
    model = UntrainedModel.save(folder.resolve("model"), 1);
    server = RunningServer.start(model, ServeLimits.DEFAULT);
    page = address(server);
  }

  private static URI address(RunningServer started) {
    SERVERS.add("127.0.0.1:" + started.port());
    return URI.create("http://127.0.0.1:%d/".formatted(started.port()));
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void nothingIsAmissBehindThePage() {
    assertEquals(List.of(), browser.consoleMessages());
    for (URI request : browser.requests()) {
      URI address =
          request.getScheme().equals("blob")
              ? URI.create(request.getSchemeSpecificPart())
              : request;
      assertTrue(SERVERS.contains(address.getAuthority()), "asked for " + request);
    }
  }

  @Test
  void aTrackGetsALabelAndAllThatLedToIt() throws Exception {
    browser.open(page, 1280, 900);
    browser.await("the model", () -> !browser.all("#server dd").isEmpty());
    assertTrue(browser.text("#server").contains("untrained"), browser.text("#server"));
    assertTrue(
        browser.text("#server").contains("200 MB, 1 minute of sound"), browser.text("#server"));

    choose(low);
    awaitEnds(1);

    assertEquals(List.of("track00.wav"), browser.texts("h2"));
    String label = browser.text(".verdict strong");
    assertTrue(UntrainedModel.CLASSES.contains(label), label);
    assertEquals(label, browser.text(".likeliest tbody tr:first-child th"));
    assertEquals(UntrainedModel.CLASSES.size(), browser.all(".likeliest tbody tr").size());
    assertEquals(
        100,
        browser.texts(".likeliest td").stream().mapToDouble(PageTest::percent).sum(),
        0.2,
        "the classes' probabilities");
    assertEquals(
        percent(browser.text(".verdict span")), percent(browser.text(".likeliest td")), 1e-9);

    assertEquals(2, browser.all(".strip button").size(), "slices of 11.4 s in 30 s");
    assertTrue(facts().contains("Duration\n0:30"), facts());
    assertTrue(facts().contains("of 2 slices"), facts());
    assertTrue(facts().contains("Precision\nfloat32"), facts());
    assertTrue(browser.text(".times").contains("Decoding"), browser.text(".times"));
    double total =
        Double.parseDouble(browser.text(".times .total span:last-child").replace(" s", ""));
    assertTrue(total > 0, "seconds in total: " + total);
    assertTrue(
        browser.number("return document.querySelector('.picture img').naturalWidth") > 0,
        "the picture is not shown");
    assertEquals(84, browser.number("return document.querySelector('.picture img').naturalHeight"));
    browser.screenshot(PICTURES.resolve("result.png"));
  }

  @Test
  void slicesLieWhereTheyAreInTheTrack() throws Exception {
    browser.open(page, 1280, 900);
    choose(high);
    awaitEnds(1);
    browser.one(".slices summary").click();
    browser.await("the table", () -> browser.all(".slices tbody tr").size() == 2);

    // The middle of the track is cut into slices: of 30 s, 3.6 s are left over at each end.
    assertEquals(
        List.of("0:03", "0:15", "0:15", "0:26"),
        browser.texts(".slices td:nth-child(2), .slices td:nth-child(3)"));
    String left =
        "const box = (s) => document.querySelector(s).getBoundingClientRect();"
            + " return (box('.strip button').left - box('.picture').left) / box('.picture').width";
    assertEquals(3.6 / SECONDS, browser.number(left), 0.01);

    browser.await("the player's length", () -> Math.abs(audio("duration") - SECONDS) < 0.1);
    browser.one(".picture").click();
    browser.await("half of the track", () -> Math.abs(audio("currentTime") - SECONDS / 2) < 0.5);
    browser.await("the playhead", () -> browser.one(".playhead").isDisplayed());
  }

  @Test
  void tracksAreWorkedOnOneAfterAnother() throws Exception {
    browser.open(page, 1280, 900);
    browser.script(
        """
        window.most = 0;
        window.said = [];
        new MutationObserver(() => {
          window.most = Math.max(window.most, document.querySelectorAll("[data-state=working]").length);
          const line = document.querySelector(".work p")?.textContent.split(/[ ,]/)[0];
          if (line && window.said.at(-1) !== line) window.said.push(line);
        }).observe(document.getElementById("tracks"), { subtree: true, childList: true, attributes: true, characterData: true });
        """);

    choose(low, high);
    choose(noise);
    awaitEnds(3);

    assertEquals(List.of("done", "done", "done"), states());
    assertEquals(1, browser.number("return window.most"), "tracks at a time");
    String said = browser.script("return window.said.join(' ')").toString();
    assertTrue(said.contains("Sending") && said.contains("Sent"), said);

    choose(low);
    awaitEnds(4);
    assertEquals(List.of("done", "done", "done", "done"), states());
    assertStarts("track00.wav: ", browser.text("#status"));
    browser.screenshot(PICTURES.resolve("several.png"));
  }

  @Test
  void whatIsNoAudioIsToldApart() throws Exception {
    Path text = Files.writeString(folder.resolve("<b>notes.mp3"), "these are words\n".repeat(99));
    Path empty = Files.createFile(folder.resolve("empty.mp3"));
    browser.open(page, 1280, 900);

    choose(text, empty, low);
    awaitEnds(3);

    assertEquals(List.of("failed", "failed", "done"), states());
    assertEquals("<b>notes.mp3", browser.text("h2"));
    String problem = browser.text("li:nth-child(1) .problem");
    assertStarts("Not labelled: this is not audio", problem);
    assertTrue(problem.contains("send MP3"), problem);
    problem = browser.text("li:nth-child(1) .small");
    assertTrue(problem.contains("notes.mp3"), problem);
    problem = browser.text("li:nth-child(2) .problem");
    assertTrue(problem.contains("the file is empty"), problem);
    browser.screenshot(PICTURES.resolve("problems.png"));
  }

  @Test
  void aServerWithTooMuchToDoIsAskedAgainUntilTold() throws Exception {
    try (RunningServer busy =
        RunningServer.start(model, new ServeLimits(1_000_000, 300, 120, 1, 0))) {
      Path small = Tunes.write(folder.resolve("small"), 1, 4).resolve("low/track00.wav");
      try (Socket sender = busy.beginUpload()) {
        awaitStatus(busy, 429);
        browser.open(address(busy), 1280, 900);
        browser.await("the limits", () -> browser.text("#server").contains("1 MB"));
        choose(low, small, high);

        browser.await(
            "the wait", () -> browser.texts(".work p").toString().contains("Trying again in"));
        assertEquals(List.of("failed", "working", "waiting"), states());
        String problem = browser.text("li .problem");
        assertTrue(problem.contains("this server takes up to 1 MB"), problem);
        browser.one("li:nth-child(3) button").click();
        browser.one("li:nth-child(2) button").click();
        assertEquals(List.of("failed", "cancelled", "cancelled"), states());
        assertEquals("Try again track00.wav", browser.focused().getDomProperty("textContent"));
      }
      awaitStatus(busy, 415);
      browser.focused().click();
      awaitEnds(3);
      assertEquals(List.of("failed", "done", "cancelled"), states());
    }
    List<String> said = new ArrayList<>();
    browser.await("the console's word", () -> said.addAll(browser.consoleMessages()));
    assertTrue(said.stream().allMatch(line -> line.contains("429")), said.toString());
  }

  /** Waits until a request without a body gets a status: 429 without a place, else 415. */
  private static void awaitStatus(RunningServer server, int status) throws Exception {
    HttpRequest probe =
        HttpRequest.newBuilder(address(server).resolve("api/label"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    browser.await("status " + status, () -> server.send(probe).statusCode() == status);
  }

  @Test
  void aDropAnywhereCounts() throws Exception {
    browser.open(page, 1280, 900);

    browser.script(
        """
        const data = new DataTransfer();
        data.items.add(new File(["words"], "words.txt"));
        const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
        document.querySelector("h1").dispatchEvent(drop);
        """);
    awaitEnds(1);

    assertEquals(List.of("words.txt"), browser.texts("h2"));
    assertEquals(List.of("failed"), states());
  }

  @Test
  void theKeyboardDoes() throws Exception {
    browser.open(page, 1280, 900);
    browser.pressUntil(Keys.TAB, "#files");
    // A key would open the dialogue of the desktop here; the driver answers in its place.
    browser.focused().sendKeys(low.toString());
    awaitEnds(1);

    browser.pressUntil(Keys.TAB, ".strip button");
    assertStarts("Slice 1 of 2, 0:03 to 0:15", browser.text(".chosen"));
    browser.press(Keys.ARROW_RIGHT);
    assertStarts("Slice 2 of 2, 0:15 to 0:26", browser.text(".chosen"));
    browser.press(Keys.ARROW_RIGHT);
    assertEquals(
        browser.focused().getDomAttribute("aria-label").replace('\u00a0', ' '),
        browser.text(".chosen"),
        "what is seen and what is read aloud");
    browser.press(Keys.ENTER);
    browser.await("the slice's start", () -> Math.abs(audio("currentTime") - 15) < 0.2);

    browser.press(Keys.TAB);
    assertEquals(
        "audio", browser.focused().getTagName(), "after the slices, of which one is a stop");
    browser.pressUntil(Keys.TAB, ".slices summary");
    browser.press(Keys.SPACE);
    browser.await("the table", () -> !browser.all(".slices tbody tr").isEmpty());

    browser.pressUntil(Keys.chord(Keys.SHIFT, Keys.TAB), ".actions button");
    assertEquals("Remove track00.wav", browser.focused().getDomProperty("textContent"));
    browser.press(Keys.ENTER);
    browser.await("the removal", () -> browser.all("h2").isEmpty());
    assertEquals("files", browser.focused().getDomAttribute("id"), "where the focus goes");
  }

  @Test
  void aPhoneHasNothingBesideThePage() throws Exception {
    Path named =
        Files.copy(noise, folder.resolve("a_name_without_a_place_to_break_it_".repeat(4) + ".wav"));
    browser.open(page, 320, 640);
    assertNothingBeside();

    choose(named);
    assertNothingBeside();
    awaitEnds(1);
    assertEquals(List.of("done"), states());
    browser.one(".slices summary").click();
    browser.await("the table", () -> !browser.all(".slices tbody tr").isEmpty());
    assertNothingBeside();
    for (WebElement button : browser.all(".actions button")) {
      assertTrue(button.getRect().x + button.getRect().width <= 320, "a button is outside");
    }
    browser.screenshot(PICTURES.resolve("phone.png"));
  }

  private static void choose(Path... files) {
    browser
        .one("#files")
        .sendKeys(Arrays.stream(files).map(Path::toString).collect(Collectors.joining("\n")));
  }

  /** Waits until so many tracks are there and none is waiting or worked on. */
  private static void awaitEnds(int tracks) throws Exception {
    browser.await(
        tracks + " tracks",
        () -> {
          List<String> states = states();
          return states.size() == tracks
              && !states.contains("waiting")
              && !states.contains("working");
        });
    assertFalse(browser.text("#status").isEmpty(), "nothing is read aloud");
  }

  /** Of all cards from the top, in one look. */
  private static List<String> states() {
    Object states =
        browser.script(
            "return [...document.querySelectorAll('#tracks > li')].map((li) => li.dataset.state)");
    return ((List<?>) states).stream().map(Object::toString).toList();
  }

  private static void assertNothingBeside() {
    assertEquals(
        320, browser.number("return document.documentElement.scrollWidth"), "width of the page");
  }

  private static void assertStarts(String start, String text) {
    assertTrue(text.startsWith(start), text);
  }

  private static String facts() {
    return browser.text(".rows");
  }

  private static double audio(String property) {
    return browser.number("return document.querySelector('audio')[arguments[0]] || 0", property);
  }

  /** The number of "81.3 % confidence". */
  private static double percent(String text) {
    return Double.parseDouble(text.substring(0, text.indexOf('%')).strip());
  }
}
