// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.concurrent.CompletableFuture;
import org.wavefed.xmpp.netty.StreamChannel;
import org.wavefed.xmpp.stream.StreamFailure;

/**
 * An authenticated stream that we opened.
 *
 * @param channel to write to
 * @param ended completes when it is over
 */
record OutgoingStream(StreamChannel channel, CompletableFuture<StreamFailure> ended) {
  void close(String reason) {
    channel.close(reason);
  }
}
