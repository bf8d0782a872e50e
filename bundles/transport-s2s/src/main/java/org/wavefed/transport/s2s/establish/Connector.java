// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.wavefed.transport.FailureReason;

/**
 * Opens connections.
 *
 * @param <S> what a stream is to whoever wants one
 */
public interface Connector<S> {
  /** A connection on which nothing was said yet. */
  interface Connection<S> {
    /**
     * Opens an authenticated stream to a domain, within bounded time; if that fails the connection
     * is closed.
     */
    CompletableFuture<S> open(String domain);

    /** Closes it, whatever its state. */
    void close();
  }

  /** Connects within bounded time; to cancel the future gives up. */
  CompletableFuture<Connection<S>> connect(Endpoint endpoint);

  /** What one asks of a stream when establishing a connection. */
  interface Discoverer<S> {
    /**
     * Asks the domain at the other end of the stream for its wave service; empty if there is none
     * among its items, exceptional if it does not support discovery, or if there is none and an
     * item could not be asked.
     */
    CompletableFuture<Optional<String>> waveService(S stream, String domain);

    /**
     * Asks an address on a stream to itself whether it is a wave service; done if it is,
     * exceptional with {@link FailureReason#NO_WAVE_SERVICE} if its answer is another one, and with
     * any other reason if there is no such stream or no answer.
     */
    CompletableFuture<Void> requireService(String address);

    /** The stream is not needed any more. */
    void close(S stream);
  }
}
