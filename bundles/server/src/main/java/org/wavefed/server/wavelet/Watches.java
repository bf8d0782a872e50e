// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.HashSet;
import java.util.Set;
import org.wavefed.model.id.WaveletName;
import org.wavefed.wave.WaveletSnapshot;

/** Who watches one wavelet. Not thread-safe: the wavelet's mailbox alone touches it. */
final class Watches {
  private final WaveletName name;
  private final Set<WatchQueue> watches = new HashSet<>();

  Watches(WaveletName name) {
    this.name = name;
  }

  /** Begins a watch with the wavelet as everybody may see it. */
  void begin(WatchQueue watch, TrackedCopy durable) {
    watches.removeIf(WatchQueue::isEnded);
    watches.add(watch);
    watch.opened(new WaveletSnapshot(durable.version(), durable.state()));
  }

  /** A delta is durable; whoever it removes sees it as the last. */
  void tell(Step step) {
    for (WatchQueue watch : watches) {
      watch.changed(Deltas.toChange(step.delta()));
      if (!step.after().state().hasParticipant(watch.user())) {
        watch.end("you are no longer a participant of " + name);
      }
    }
    watches.removeIf(WatchQueue::isEnded);
  }

  boolean isEmpty() {
    watches.removeIf(WatchQueue::isEnded);
    return watches.isEmpty();
  }

  void endAll(String reason) {
    watches.forEach(watch -> watch.end(reason));
    watches.clear();
  }
}
