// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wavefed.server.federation.PeerGate;
import org.wavefed.store.DeltaStore;
import org.wavefed.transport.FailureReason;
import org.wavefed.wave.WaveService;

/** The session on the store that there is now, if there is one. Thread-safe. */
final class CurrentSession {
  private volatile @Nullable ServerSession session;

  /** Ends the one that there is, then begins another. */
  void replace(Supplier<ServerSession> next) {
    end();
    set(next);
  }

  private synchronized void set(Supplier<ServerSession> next) {
    session = next.get();
  }

  /** Ends the one that there is, within a bounded time. */
  void end() {
    take(now -> true).ifPresent(ServerSession::close);
  }

  /** Ends the one on a store; whether there was one. */
  boolean end(DeltaStore store) {
    Optional<ServerSession> ending = take(now -> now.store() == store);
    ending.ifPresent(ServerSession::close);
    return ending.isPresent();
  }

  /** Nobody finds it from now on. */
  private synchronized Optional<ServerSession> take(Predicate<ServerSession> which) {
    Optional<ServerSession> taken = Optional.ofNullable(session).filter(which);
    if (taken.isPresent()) {
      session = null;
    }
    return taken;
  }

  Optional<ServerSession> now() {
    return Optional.ofNullable(session);
  }

  /** Makes a user's call, which fails while there is no store. */
  <T> CompletionStage<T> forUser(Function<WaveService, CompletionStage<T>> call) {
    return now()
        .map(now -> call.apply(now.users()))
        .orElseGet(() -> CompletableFuture.failedStage(Refusals.missing("store")));
  }

  /** Makes a peer's call, which fails while there is no store. */
  <T> CompletionStage<T> forPeer(Function<PeerGate, CompletionStage<T>> call) {
    return now()
        .map(now -> call.apply(now.gate()))
        .orElseGet(
            () ->
                CompletableFuture.failedStage(
                    Refusals.refuse(
                        FailureReason.RESOURCE_CONSTRAINT,
                        "this server has no store at the moment; try again later")));
  }
}
