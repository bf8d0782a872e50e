// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.wavefed.crypto.DeltaSigner;
import org.wavefed.crypto.DeltaVerifier;
import org.wavefed.crypto.SignerStore;
import org.wavefed.server.concurrent.Deadlines;
import org.wavefed.server.concurrent.Part;
import org.wavefed.server.concurrent.Threads;
import org.wavefed.server.peer.RankedTransports;
import org.wavefed.transport.FederationTransport;

/** The parts that the server has, but for the store. Thread-safe. */
final class Parts implements Services, AutoCloseable {
  final Part<DeltaSigner> signer;
  final Part<DeltaVerifier> verifier;
  final Part<SignerStore> signers;
  final RankedTransports transports = new RankedTransports();

  /**
   * None yet.
   *
   * @param patience for how long one that has gone is awaited
   */
  Parts(Threads threads, Supplier<Duration> patience) {
    Deadlines deadlines = new Deadlines(threads.timer());
    signer = new Part<>("signing service", deadlines, patience, threads.workers());
    verifier = new Part<>("verifying service", deadlines, patience, threads.workers());
    signers = new Part<>("signer store", deadlines, patience, threads.workers());
  }

  @Override
  public <R> CompletionStage<R> signer(Function<DeltaSigner, CompletionStage<R>> work) {
    return signer.use(work);
  }

  @Override
  public <R> CompletionStage<R> verifier(Function<DeltaVerifier, CompletionStage<R>> work) {
    return verifier.use(work);
  }

  @Override
  public <R> CompletionStage<R> signers(Function<SignerStore, CompletionStage<R>> work) {
    return signers.use(work);
  }

  @Override
  public List<FederationTransport> transports() {
    return transports.list();
  }

  /** Nobody waits for any of them any more. */
  @Override
  public void close() {
    signer.close();
    verifier.close();
    signers.close();
  }
}
