// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wavefed.wave.Watcher;
import org.wavefed.wave.WaveletChange;
import org.wavefed.wave.WaveletSnapshot;

/**
 * Hands a wavelet's events from the server's threads to the one that prints. Never blocks the
 * server: when the screen is too far behind, the rest is dropped and the feed ends saying so.
 */
final class ChangeFeed implements Watcher {
  /** How far the screen may fall behind. */
  static final int ROOM = 1000;

  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(ROOM);
  private final AtomicReference<@Nullable String> ended = new AtomicReference<>();

  /** Something to show. */
  sealed interface Event {}

  /** The wavelet as it is. */
  record Opened(WaveletSnapshot snapshot) implements Event {}

  /** A change. */
  record Changed(WaveletChange change) implements Event {}

  /** The end. */
  record Closed(String reason) implements Event {}

  @Override
  public void opened(WaveletSnapshot snapshot) {
    offer(new Opened(snapshot));
  }

  @Override
  public void changed(WaveletChange change) {
    offer(new Changed(change));
  }

  @Override
  public void closed(String reason) {
    ended.compareAndSet(null, reason);
  }

  private void offer(Event event) {
    if (ended.get() == null && !events.offer(event)) {
      closed("this screen fell " + ROOM + " changes behind; watch again");
    }
  }

  /** The next event; null if none came in time. The end comes after everything before it. */
  @Nullable Event next(Duration patience) throws InterruptedException {
    String reason = ended.get();
    Event event =
        reason == null ? events.poll(patience.toMillis(), TimeUnit.MILLISECONDS) : events.poll();
    return event == null && reason != null ? new Closed(reason) : event;
  }
}
