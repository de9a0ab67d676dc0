package org.genrewise.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.genrewise.check.part.DevicePart;
import org.genrewise.check.part.FilesPart;
import org.genrewise.check.part.Float16Part;
import org.genrewise.check.part.ForwardPart;
import org.genrewise.check.part.GradientsPart;
import org.genrewise.check.part.MemoryPart;
import org.genrewise.check.part.Networks;
import org.genrewise.check.part.PyTorchPart;
import org.genrewise.check.part.ReferencePart;
import org.genrewise.check.part.SpeedPart;
import org.genrewise.check.part.TrainingPart;
import org.genrewise.network.Precision;

/** Which parts there are. */
public final class CheckParts {

  /**
   * In the order in which they run: what tells most in least time comes first. Precisions are
   * apart, so that the memory of one is not counted for the other, and either may fail alone.
   */
  static final List<CheckPart> ALL =
      List.of(
          new DevicePart(),
          new ReferencePart(),
          new ForwardPart(),
          new GradientsPart(),
          new Float16Part(),
          new TrainingPart(Precision.FLOAT32),
          new TrainingPart(Precision.FLOAT16),
          new SpeedPart(Precision.FLOAT32),
          new SpeedPart(Precision.FLOAT16),
          new MemoryPart(Networks.Work.INFERENCE, Precision.FLOAT32),
          new MemoryPart(Networks.Work.TRAINING, Precision.FLOAT32),
          new MemoryPart(Networks.Work.INFERENCE, Precision.FLOAT16),
          new MemoryPart(Networks.Work.TRAINING, Precision.FLOAT16),
          new FilesPart(Precision.FLOAT32),
          new FilesPart(Precision.FLOAT16),
          new PyTorchPart());

  private CheckParts() {}

  static CheckPart named(List<CheckPart> parts, String name) {
    return parts.stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no part " + name));
  }

  /**
   * The parts that a user means, and what they need.
   *
   * @param names or beginnings of them, up to a hyphen; empty: all
   */
  static List<CheckPart> chosen(List<CheckPart> all, List<String> names) {
    if (names.isEmpty()) {
      return all;
    }
    // what the others' results are of
    Set<String> wanted = new LinkedHashSet<>(List.of(DevicePart.NAME));
    for (String name : names) {
      List<CheckPart> meant = all.stream().filter(part -> isMeant(part.name(), name)).toList();
      if (meant.isEmpty()) {
        throw new IllegalArgumentException(
            "--part: there is no part '%s'; there are %s"
                .formatted(name, String.join(", ", all.stream().map(CheckPart::name).toList())));
      }
      for (CheckPart part : meant) {
        wanted.add(part.name());
        wanted.add(part.needs());
      }
    }
    List<CheckPart> chosen = new ArrayList<>(all);
    chosen.removeIf(part -> !wanted.contains(part.name()));
    return chosen;
  }

  private static boolean isMeant(String part, String name) {
    return part.equals(name) || part.startsWith(name + "-");
  }
}
