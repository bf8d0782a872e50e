// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.conversation.ConversationWriter;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;

/**
 * A user who types single characters, into one wavelet after the other, when their time has come
 * and not when the server is done with those before: what is late counts from when it was due.
 */
final class Typing {
  private static final Logger LOG = LoggerFactory.getLogger(Typing.class);
  private static final Duration ANSWERED = Duration.ofSeconds(60);

  /** Waking a thread takes so long; the rest is waited for awake. */
  private static final long WAKING_NANOS = 80_000;

  /** The letters of Latin Extended-A and B. */
  private static final char FIRST_LETTER = 'Ā';

  private static final int LETTERS = 0x150;

  /** When keys go down. */
  enum Pace {
    /** One after the other at equal distances. */
    EVENLY,
    /** As those of many people who do not know of each other. */
    RANDOMLY
  }

  private final WaveService waves;
  private final ParticipantId user;
  private final List<WaveletName> wavelets;
  private final Marks marks;
  private final AtomicInteger refused = new AtomicInteger();

  Typing(WaveService waves, ParticipantId user, List<WaveletName> wavelets, Marks marks) {
    this.waves = waves;
    this.user = user;
    this.wavelets = wavelets;
    this.marks = marks;
  }

  /**
   * Types for so long and waits for all answers.
   *
   * @return how many characters were accepted, and how many were not
   */
  String run(Pace pace, double perSecond, Duration length)
      throws InterruptedException, ExecutionException, TimeoutException {
    Random random = new Random(1);
    CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
    long start = System.nanoTime();
    double due = 0;
    int count = 0;
    while (due < length.toNanos()) {
      long at = start + (long) due;
      await(at);
      WaveletName wavelet = wavelets.get(count % wavelets.size());
      all =
          all.thenCombine(
              type(wavelet, letter(count / wavelets.size()), at), (before, one) -> null);
      double gaps = pace == Pace.EVENLY ? 1 : -Math.log(1 - random.nextDouble());
      due += gaps * 1e9 / perSecond;
      count++;
    }
    all.get(ANSWERED.toSeconds(), TimeUnit.SECONDS);
    return (count - refused.get()) + " " + refused.get();
  }

  private static void await(long at) {
    for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
      if (left > WAKING_NANOS) {
        LockSupport.parkNanos(left - WAKING_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /** Another one each time: the same again at the same version would be a repetition. */
  private static String letter(int number) {
    return String.valueOf((char) (FIRST_LETTER + number % LETTERS));
  }

  private CompletionStage<Void> type(WaveletName wavelet, String letter, long at) {
    return waves
        .read(user, wavelet)
        .thenCompose(now -> waves.submit(user, wavelet, now.version(), key(now, letter)))
        .thenAccept(submitted -> answered(wavelet, submitted, at))
        .exceptionally(this::refused);
  }

  private List<WaveletOperation> key(WaveletSnapshot now, String letter) {
    String blip = Conversation.read(now.state()).orElseThrow().blips().get(0).id();
    return new ConversationWriter(now.state(), user).append(blip, letter);
  }

  private @Nullable Void refused(Throwable failure) {
    if (refused.getAndIncrement() == 0) {
      LOG.warn("refused, the first of perhaps many", failure);
    }
    return null;
  }

  private void answered(WaveletName wavelet, Submitted submitted, long at) {
    long version = submitted.resulting().version();
    marks.add(Marks.What.ANSWERED, wavelet, version, System.nanoTime());
    marks.add(Marks.What.TYPED, wavelet, version, at);
  }
}
