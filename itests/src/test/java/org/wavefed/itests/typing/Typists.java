// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests.typing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.wave.WaveService;

/** Everybody who types on this server. Used by one thread. */
final class Typists {
  private final Supplier<Optional<WaveService>> service;
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final Map<Typist, Thread> typing = new LinkedHashMap<>();

  Typists(Supplier<Optional<WaveService>> service) {
    this.service = service;
  }

  void begin(ParticipantId user, WaveletName wavelet) {
    Typist typist = new Typist(user, wavelet, service, what -> counts.merge(what, 1L, Long::sum));
    Thread thread = new Thread(typist, "typist " + user + " in " + wavelet);
    typing.put(typist, thread);
    thread.start();
  }

  /** Whether what somebody writes in a remote wavelet now is refused. */
  boolean isRefused() {
    return typing.keySet().stream().filter(Typist::isRemote).findAny().orElseThrow().isRefused();
  }

  /** Lets everybody finish, and says how they did. */
  List<String> hush() throws InterruptedException {
    typing.keySet().forEach(Typist::hush);
    List<String> reports = new ArrayList<>();
    for (Map.Entry<Typist, Thread> typist : typing.entrySet()) {
      typist.getValue().join();
      reports.add(typist.getKey().report());
    }
    typing.clear();
    return reports;
  }

  /**
   * How often words were accepted in hosted and remote wavelets and from whom in which; how often
   * somebody was refused for which reason, and gave a word up.
   */
  List<String> counts() {
    return counts.entrySet().stream().map(it -> it.getKey() + "\t" + it.getValue()).toList();
  }
}
