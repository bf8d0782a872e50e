// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;

/**
 * Carries calls from a domain of ours to the wave service of another domain. Implemented by
 * transport bundles, called by the server and the ping service; several may be registered at once.
 *
 * <p>Every call returns at once and completes within its timeout: with the peer's answer, or
 * exceptionally with a {@link FederationException} (as the exception itself or wrapped in a {@link
 * java.util.concurrent.CompletionException}). A timeout includes discovery of the peer. Completion
 * may happen on an I/O thread, so callers hand long work to threads of their own.
 *
 * <p>An implementation must bound what it has in flight: a call that finds no room fails with
 * {@link FailureReason#OVERLOADED}, and must fail all open calls with {@link
 * FailureReason#NOT_CONNECTED} when it is deactivated. It must not retry: retrying is the caller's.
 * Thread-safe.
 *
 * <p>Service properties, for operators: {@code domain}, the domains of ours that it is configured
 * for; {@code listen} and {@code listen.direct}, where other servers connect to it with STARTTLS
 * and with TLS at once, as {@code ADDRESS:PORT}; {@code trouble}, what does not work at present, a
 * line each. All are arrays of texts, and may be missing.
 */
@ConsumerType
public interface FederationTransport {
  /**
   * The kind of transport, as configuration and {@code wave:transports} name it: {@code component}.
   */
  String kind();

  /**
   * Whether this transport can carry calls from the given domain of ours now: it is configured for
   * it and connected.
   */
  boolean serves(String localDomain);

  /**
   * Finds the wave service of the peer; a fresh answer of an earlier discovery is used.
   *
   * @return the address of the wave service, such as {@code wave.acmewave.example}
   */
  CompletionStage<String> discover(Route route, Duration timeout);

  /** Asks the peer's wave service for a sign of life (Wave ping); completes when it answered. */
  CompletionStage<Void> ping(Route route, Duration timeout);

  /** Host to remote: new deltas of a wavelet. Completes when the peer acknowledged them. */
  CompletionStage<Void> update(Route route, WaveletUpdate update, Duration timeout);

  /**
   * Remote to host: asks the host to apply a delta.
   *
   * @param signedDelta the exact bytes of the ProtocolSignedDelta
   */
  CompletionStage<SubmitResult> submit(
      Route route, WaveletName wavelet, Bytes signedDelta, Duration timeout);

  /** Remote to host: a range of applied deltas; the answer may be truncated. */
  CompletionStage<History> history(Route route, HistoryRequest request, Duration timeout);

  /** Remote to host: the signer of a delta of the wavelet. */
  CompletionStage<SignerInfo> signer(Route route, SignerRequest request, Duration timeout);

  /** Remote to host: makes a signer known before submitting deltas that it signed. */
  CompletionStage<Void> postSigner(Route route, SignerInfo signer, Duration timeout);
}
