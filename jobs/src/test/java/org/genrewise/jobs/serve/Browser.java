package org.genrewise.jobs.serve;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, from this machine: nothing is downloaded. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts it; skips the test where Chromium or its driver is not on the PATH. */
  static Browser start(Path log) {
    Optional<File> chromium =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> onPath(name).stream())
            .findFirst();
    Optional<File> chromedriver = onPath("chromedriver");
    assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "skipped: chromium or chromedriver is not on the PATH"
            + " (Debian: apt-get install chromium chromium-driver)");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    options.addArguments(
        "--headless=new",
        // Containers run as root and have little shared memory.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--mute-audio",
        "--force-prefers-reduced-motion");
    return new Browser(
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.get())
                .usingAnyFreePort()
                .withLogFile(log.toFile())
                .build(),
            options));
  }

  private static Optional<File> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> new File(folder, name))
        .filter(File::canExecute)
        .findFirst();
  }

  /** Loads a page in a window of a size in CSS pixels; below 600 pixels it is a phone's. */
  void open(URI page, int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    driver.get(page.toString());
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The first match; fails if there is none. */
  WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  String text(String selector) {
    return one(selector).getText();
  }

  List<String> texts(String selector) {
    return all(selector).stream().map(WebElement::getText).toList();
  }

  /** What has the focus. */
  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** Presses a key, wherever the focus is. */
  void press(CharSequence key) {
    new Actions(driver).sendKeys(key).perform();
  }

  /** Presses a key until the focus is on a match; fails if it never is. */
  void pressUntil(CharSequence key, String selector) {
    for (int presses = 0; presses < 40; presses++) {
      if ((boolean) script("return document.activeElement.matches(arguments[0])", selector)) {
        return;
      }
      press(key);
    }
    fail("the focus never came to " + selector + "; it is on " + focused().getTagName());
  }

  Object script(String javascript, Object... arguments) {
    return driver.executeScript(javascript, arguments);
  }

  double number(String javascript, Object... arguments) {
    return ((Number) script(javascript, arguments)).doubleValue();
  }

  /** Waits until something holds; fails with the page's text if it does not come. */
  void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        fail(what + " did not come; the page says:\n" + text("body"));
      }
      Thread.sleep(20);
    }
  }

  /** Saves the whole page, not only what the window shows, as a PNG. */
  void screenshot(Path file) throws IOException {
    int width = (int) number("return innerWidth");
    int height = (int) number("return document.documentElement.scrollHeight");
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** What the console said since the last call. */
  List<String> consoleMessages() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  /** The addresses that pages asked for since the last call. */
  List<URI> requests() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> new Json().<Map<String, Object>>toType(entry.getMessage(), Json.MAP_TYPE))
        .map(entry -> (Map<?, ?>) entry.get("message"))
        .filter(message -> message.get("method").equals("Network.requestWillBeSent"))
        .map(message -> (Map<?, ?>) ((Map<?, ?>) message.get("params")).get("request"))
        .map(request -> request.get("url").toString())
        // Pictures in data: addresses are long, and need no request.
        .filter(address -> !address.startsWith("data:"))
        .map(URI::create)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
