// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.server.Limits;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.wave.WaveletSummary;

/**
 * What lists of wavelets are made from: one small entry for each wavelet, read once from the store
 * after the start and kept up to date from then on. If there are too many, those changed the
 * longest ago are left out. Thread-safe.
 */
public final class WaveletIndex {
  private static final Logger log = LoggerFactory.getLogger(WaveletIndex.class);
  private static final int PAGE = 200;
  private static final int TITLE_LENGTH = 80;

  private final Supplier<Limits> limits;
  private final Predicate<String> isLocal;
  private final Clock clock;
  private final Map<WaveletName, Entry> entries = new LinkedHashMap<>();
  private final CompletableFuture<Void> complete = new CompletableFuture<>();
  private volatile boolean stopped;

  private record Entry(
      HashedVersion version, long modified, List<ParticipantId> participants, String title) {}

  /**
   * @param isLocal whether a domain is one of ours
   * @param clock bounds the times of hosts: none may keep its wavelets first in lists for ever
   */
  public WaveletIndex(Supplier<Limits> limits, Predicate<String> isLocal, Clock clock) {
    this.limits = limits;
    this.isLocal = isLocal;
    this.clock = clock;
  }

  /** Completes when every wavelet of the store has been read. */
  public CompletionStage<Void> complete() {
    return complete.minimalCompletionStage();
  }

  /** Reads every wavelet of the store, one after the other. */
  public void readAll(Wavelets wavelets) {
    readAll(wavelets, Optional.empty())
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null && !stopped) {
                log.warn(
                    "lists of wavelets are incomplete until they change: {}",
                    Stages.cause(failure).getMessage());
              }
              complete.complete(null);
            });
  }

  /** Reads no more. */
  public void stop() {
    stopped = true;
  }

  private CompletionStage<Void> readAll(Wavelets wavelets, Optional<WaveletName> after) {
    return wavelets
        .store()
        .wavelets(after, PAGE)
        .thenCompose(
            page ->
                page.isEmpty() || stopped
                    ? CompletableFuture.completedStage(null)
                    : readPage(wavelets, page, 0)
                        .thenCompose(
                            n -> readAll(wavelets, Optional.of(page.get(page.size() - 1)))));
  }

  private CompletionStage<Void> readPage(Wavelets wavelets, List<WaveletName> page, int next) {
    if (next == page.size() || stopped || isFull()) {
      return CompletableFuture.completedStage(null);
    }
    WaveletName name = page.get(next);
    return wavelets
        .peek(name)
        .handle(
            (copy, failure) -> {
              if (failure == null) {
                read(name, copy);
              }
              return null;
            })
        .thenCompose(nothing -> readPage(wavelets, page, next + 1));
  }

  private boolean isFull() {
    synchronized (entries) {
      return entries.size() >= limits.get().listedWavelets();
    }
  }

  private void read(WaveletName name, TrackedCopy copy) {
    String title = title(copy.state());
    synchronized (entries) {
      entries.putIfAbsent(name, entry(copy, title));
    }
  }

  /** A wavelet has grown. */
  public void grown(WaveletName name, TrackedCopy copy) {
    synchronized (entries) {
      Entry before = entries.remove(name);
      entries.put(name, entry(copy, before == null ? "" : before.title));
      if (entries.size() > limits.get().listedWavelets()) {
        entries.remove(entries.keySet().iterator().next());
      }
    }
  }

  /** A wavelet leaves memory: from now on its title is read from here. */
  public void closed(WaveletName name, TrackedCopy copy) {
    if (copy.version().version() == 0) {
      return;
    }
    String title = title(copy.state());
    synchronized (entries) {
      entries.computeIfPresent(
          name,
          (key, before) ->
              new Entry(copy.version(), before.modified, copy.state().participants(), title));
    }
  }

  private Entry entry(TrackedCopy copy, String title) {
    WaveletState state = copy.state();
    long modified = Math.min(state.lastModifiedTime(), clock.millis());
    return new Entry(copy.version(), modified, state.participants(), title);
  }

  /** The wavelets that a user may see, newest change first. */
  public List<WaveletSummary> list(ParticipantId user, int limit, Wavelets wavelets) {
    ParticipantId domain = new ParticipantId("@" + user.domain());
    List<WaveletSummary> found = new ArrayList<>();
    synchronized (entries) {
      entries.forEach(
          (name, entry) -> {
            if (entry.participants.contains(user) || entry.participants.contains(domain)) {
              found.add(summary(name, entry));
            }
          });
    }
    found.sort(
        Comparator.comparingLong(WaveletSummary::lastModified)
            .reversed()
            .thenComparing(WaveletSummary::wavelet));
    Map<WaveletName, TrackedCopy> inMemory = new LinkedHashMap<>();
    wavelets.inMemory().forEach(wavelet -> inMemory.put(wavelet.name(), wavelet.durable()));
    return found.stream()
        .limit(limit)
        .map(summary -> titled(summary, inMemory.get(summary.wavelet())))
        .toList();
  }

  private WaveletSummary summary(WaveletName name, Entry entry) {
    return new WaveletSummary(
        name,
        entry.version,
        entry.modified,
        entry.participants,
        entry.title,
        isLocal.test(name.host()));
  }

  private static WaveletSummary titled(WaveletSummary summary, @Nullable TrackedCopy inMemory) {
    return inMemory == null
        ? summary
        : new WaveletSummary(
            summary.wavelet(),
            summary.version(),
            summary.lastModified(),
            summary.participants(),
            title(inMemory.state()),
            summary.hosted());
  }

  private static String title(WaveletState state) {
    String text =
        Conversation.read(state)
            .flatMap(conversation -> conversation.blips().stream().findFirst())
            .map(blip -> blip.text().strip())
            .orElse("");
    String line = text.lines().findFirst().orElse("");
    return line.length() <= TITLE_LENGTH ? line : line.substring(0, TITLE_LENGTH - 1) + "…";
  }
}
