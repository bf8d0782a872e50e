// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.concurrent.CompletableFuture;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.xml.StreamError;

/** An authenticated stream that takes stanzas of ours. Thread-safe. */
interface OutgoingStream {
  /**
   * Sends XML.
   *
   * @param written is told when it left or never will
   */
  void write(byte[] xml, Runnable written);

  /**
   * Whether the other side sent a stanza on it since this was last asked: a stream that goes both
   * ways (XEP-0288) is in use as long as one of the two uses it.
   */
  boolean hasHeard();

  /** Ends it. */
  void close(String reason);

  /** Ends it with an error (RFC 6120, 4.9). */
  void close(StreamError error);

  /** Completes when it is over. */
  CompletableFuture<StreamFailure> ended();
}
