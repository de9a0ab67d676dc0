package org.genrewise.check;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.genrewise.device.DeviceException;

/** Parts that go wrong in every way, and the main methods that know them. */
final class PretendParts {
  private PretendParts() {}

  /** Results with units in their names, as real parts have them. */
  record Found(double lossMean, List<Double> lossScale) {}

  /** The work of a part. */
  interface Work {
    void run(PartContext context) throws Exception;
  }

  private record Part(String name, String needs, Work work) implements CheckPart {
    @Override
    public void run(PartContext context) throws Exception {
      context.results(new Found(0.5, List.of(65536.0, Double.NaN)));
      context.summary("half a nat");
      context.progress(0.5, "half of " + name);
      work.run(context);
    }
  }

  static final List<CheckPart> ALL =
      List.of(
          new Part("fine", "", context -> {}),
          new Part("throws", "", context -> fail(new IllegalStateException("a fault"))),
          new Part("finds", "", context -> fail(new PartFailedException("off by 3"))),
          new Part("leaves-out", "", context -> fail(new PartSkippedException("no such thing"))),
          new Part("hangs", "", context -> TimeUnit.DAYS.sleep(1)),
          new Part("crashes", "", context -> crash()),
          new Part("needs-fine", "fine", context -> {}),
          new Part("needs-crashes", "crashes", context -> {}),
          new Part("refuses", "", context -> fail(new DeviceException("there is no GPU"))),
          new Part("last", "", context -> {}));

  private static void fail(Exception exception) throws Exception {
    throw exception;
  }

  private static void crash() {
    System.out.println("# SIGSEGV in libnd4jcuda.so");
    System.out.flush();
    Runtime.getRuntime().halt(134);
  }

  /** Of a part's process. */
  static final class OfPart {
    private OfPart() {}

    public static void main(String[] arguments) throws IOException {
      PartMain.run(ALL, arguments);
    }
  }

  /** Of a whole check that is to be killed. */
  static final class OfCheck {
    private OfCheck() {}

    public static void main(String[] arguments) throws IOException {
      new GpuCheck(CheckSettings.parse(List.of(arguments)), ALL, OfPart.class)
          .run(CheckListener.NONE);
    }
  }
}
