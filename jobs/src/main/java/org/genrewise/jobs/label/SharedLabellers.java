package org.genrewise.jobs.label;

import java.util.concurrent.ConcurrentHashMap;
import org.genrewise.inference.SharedLabeller;
import org.genrewise.jobs.model.LoadedModel;

/** One network for all label tasks of a process. */
final class SharedLabellers {
  private static final ConcurrentHashMap<Key, SharedLabeller> LABELLERS = new ConcurrentHashMap<>();

  private SharedLabellers() {}

  private record Key(String folder, String version, int batchSize, int networkThreads) {}

  static SharedLabeller of(LabelWork work) {
    Analysis analysis = work.analysis();
    Key key =
        new Key(
            work.model(),
            work.run().modelVersion(),
            analysis.batchSize(),
            analysis.networkThreads());
    return LABELLERS.computeIfAbsent(
        key,
        k ->
            new SharedLabeller(
                LoadedModel.shared(k.folder, k.version).labeller(), k.batchSize, k.networkThreads));
  }
}
