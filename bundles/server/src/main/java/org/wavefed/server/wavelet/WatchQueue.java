// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.server.concurrent.Mailbox;
import org.wavefed.wave.Watcher;
import org.wavefed.wave.WaveService.Watch;
import org.wavefed.wave.WaveletChange;
import org.wavefed.wave.WaveletSnapshot;

/**
 * Brings a wavelet's changes to one watcher, one at a time, in order. A watcher that falls too far
 * behind, or throws, is closed; nobody waits for it. Thread-safe.
 */
final class WatchQueue implements Watch {
  private static final Logger log = LoggerFactory.getLogger(WatchQueue.class);

  private final ParticipantId user;
  private final Watcher watcher;
  private final Mailbox events;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** Nothing is called any more. */
  private volatile boolean silent;

  /**
   * @param pool where the watcher is called
   * @param backlog how many events may wait
   */
  WatchQueue(ParticipantId user, Watcher watcher, Executor pool, int backlog) {
    this.user = user;
    this.watcher = watcher;
    this.events = new Mailbox(pool, backlog);
  }

  ParticipantId user() {
    return user;
  }

  boolean isEnded() {
    return ended.get();
  }

  void opened(WaveletSnapshot snapshot) {
    tell(() -> watcher.opened(snapshot));
  }

  void changed(WaveletChange change) {
    if (!tell(() -> watcher.changed(change))) {
      end("you fell too far behind the changes of this wavelet; watch it again");
    }
  }

  /** Ends the watch and says why, once. */
  void end(String reason) {
    if (ended.compareAndSet(false, true)) {
      events.put(() -> call(() -> watcher.closed(reason)));
    }
  }

  @Override
  public void close() {
    silent = true;
    ended.set(true);
  }

  private boolean tell(Runnable event) {
    return ended.get() || events.offer(() -> call(event));
  }

  private void call(Runnable event) {
    if (silent) {
      return;
    }
    try {
      event.run();
    } catch (RuntimeException bug) {
      close();
      log.warn("a watcher of user {} failed and is told nothing more", user, bug);
    }
  }
}
