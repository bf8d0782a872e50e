// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;

/** A host that takes what is submitted and for a while gives no history. */
final class SilentHistory extends PassingHandler {
  volatile boolean answers;

  SilentHistory(FederationHandler host) {
    super(host);
  }

  @Override
  public CompletionStage<History> history(Peer peer, HistoryRequest request) {
    return answers
        ? super.history(peer, request)
        : CompletableFuture.failedStage(
            new FederationException(FailureReason.TIMED_OUT, "no history now"));
  }
}
