package org.genrewise.device;

import java.io.Serializable;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which machine code a GPU runs, for example 8.0 for an A100 and 9.0 for an H100. */
public record ComputeCapability(int major, int minor)
    implements Comparable<ComputeCapability>, Serializable {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");
  private static final Comparator<ComputeCapability> ORDER =
      Comparator.comparingInt(ComputeCapability::major).thenComparingInt(ComputeCapability::minor);

  /**
   * Reads what {@link #toString} and nvidia-smi write.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static ComputeCapability parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'%s' is no compute capability".formatted(text));
    }
    return new ComputeCapability(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public int compareTo(ComputeCapability other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
