// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests.typing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.conversation.ConversationWriter;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;

/**
 * A user who types numbered words at the end of a wavelet's first blip, each once the one before is
 * settled: accepted and read again, or refused, after which it is given up and the next is typed.
 * One that was perhaps accepted is submitted again until it is accepted.
 */
final class Typist implements Runnable {
  /** What may become of a word while parts of servers are missing. */
  private static final Set<Reason> TO_BE_EXPECTED =
      Set.of(Reason.HOST_REFUSED, Reason.HOST_UNREACHABLE, Reason.HOST_SILENT, Reason.UNAVAILABLE);

  /** What is certainly not done. */
  private static final Set<Reason> REFUSALS = Set.of(Reason.HOST_UNREACHABLE, Reason.UNAVAILABLE);

  private static final int PACE_MILLIS = 150;
  private static final int RETRY_MILLIS = 50;
  private static final int PATIENCE_SECONDS = 60;
  private static final int MOST_FAULTS = 5;

  private final ParticipantId user;
  private final WaveletName wavelet;
  private final Supplier<Optional<WaveService>> service;
  private final Consumer<String> counted;
  private final CountDownLatch hushed = new CountDownLatch(1);

  private final Collection<Integer> refused = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();
  private int typed;
  private long seen;
  private long longestMillis;

  /**
   * Types once it is run; tells {@code counted} of every acceptance, every refusal's reason and
   * every word given up.
   */
  Typist(
      ParticipantId user,
      WaveletName wavelet,
      Supplier<Optional<WaveService>> service,
      Consumer<String> counted) {
    this.user = user;
    this.wavelet = wavelet;
    this.service = service;
    this.counted = counted;
  }

  /** Ends the typing with the word at hand. */
  void hush() {
    hushed.countDown();
  }

  @Override
  public void run() {
    try {
      while (!hushed.await(PACE_MILLIS, TimeUnit.MILLISECONDS) && faults.size() < MOST_FAULTS) {
        read().ifPresent(this::type);
      }
    } catch (InterruptedException e) {
      faults.add("interrupted");
    } catch (RuntimeException e) {
      faults.add("no refusal but " + e);
    }
  }

  /** Reads until the last accepted word is there. */
  private Optional<WaveletSnapshot> read() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      try {
        WaveletSnapshot now = answer(waves().read(user, wavelet));
        if (now.version().version() >= seen && now.state().hasParticipant(user)) {
          seen = now.version().version();
          return Optional.of(now);
        }
      } catch (WaveException refusal) {
        boolean yetToCome = seen == 0 && refusal.reason() == Reason.NO_SUCH_WAVELET;
        if (!yetToCome) {
          judge(refusal);
        }
        if (hushed.getCount() == 0) {
          return Optional.empty();
        }
      }
      pause();
    }
    faults.add("version " + seen + " did not come back");
    return Optional.empty();
  }

  private void type(WaveletSnapshot now) {
    typed++;
    long begun = System.nanoTime();
    if (!submit(now, word(now, user.name() + typed + " "))) {
      refused.add(typed);
      counted.accept("refused");
    }
    longestMillis =
        Math.max(longestMillis, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
  }

  /** Whether it was accepted; certain. */
  private boolean submit(WaveletSnapshot now, List<WaveletOperation> word) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    boolean perhaps = false;
    while (System.nanoTime() < end) {
      try {
        Submitted done = answer(waves().submit(user, wavelet, now.version(), word));
        seen = done.resulting().version();
        counted.accept(isRemote() ? "remote" : "hosted");
        counted.accept(user + " in " + wavelet);
        return true;
      } catch (WaveException refusal) {
        judge(refusal);
        perhaps |= refusal.reason() == Reason.HOST_SILENT;
        if (!perhaps) {
          counted.accept("refused as " + refusal.reason() + ": " + refusal.getMessage());
          return false;
        }
      }
      pause();
    }
    faults.add("word " + typed + " was never settled");
    return false;
  }

  boolean isRemote() {
    return !wavelet.host().equals(user.domain());
  }

  /** Whether a word of nobody's is refused there now, whatever the typing waits for. */
  boolean isRefused() {
    try {
      WaveletSnapshot now = answer(waves().read(user, wavelet));
      answer(waves().submit(user, wavelet, now.version(), word(now, "aside ")));
      return false;
    } catch (WaveException refusal) {
      return REFUSALS.contains(refusal.reason());
    }
  }

  private List<WaveletOperation> word(WaveletSnapshot now, String word) {
    String blip = Conversation.read(now.state()).orElseThrow().blips().get(0).id();
    return new ConversationWriter(now.state(), user).append(blip, word);
  }

  private void judge(WaveException refusal) {
    counted.accept(refusal.reason().name());
    String said = String.valueOf(refusal.getMessage());
    if (!TO_BE_EXPECTED.contains(refusal.reason()) || said.isBlank() || said.contains("\n")) {
      faults.add(refusal.reason() + " at word " + typed + ": " + said);
    }
  }

  private WaveService waves() {
    return service
        .get()
        .orElseThrow(() -> new IllegalStateException("there is no WaveService to refuse it"));
  }

  private static <T> T answer(CompletionStage<T> call) {
    try {
      return call.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WaveException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** User, wavelet, words typed, those refused, longest delay in ms, faults; after the end. */
  String report() {
    return String.join(
        "\t",
        user.address(),
        wavelet.toString(),
        Integer.toString(typed),
        String.join(",", refused.stream().map(String::valueOf).toList()),
        Long.toString(longestMillis),
        String.join(" | ", faults));
  }
}
