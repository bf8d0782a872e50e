// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.crypto.CryptoException;
import org.wavefed.protocol.DeltaRejectedException;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.store.StoreException;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/** One line for whoever asked: what was wrong, and what to do. */
public final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  private Refusals() {}

  /** A refusal for a user. */
  public static WaveException refuse(Reason reason, String message) {
    return new WaveException(reason, message, null);
  }

  /** A refusal for a peer. */
  public static FederationException refuse(FailureReason reason, String message) {
    return new FederationException(reason, message);
  }

  /** A part of the server is missing. */
  public static WaveException missing(String part) {
    return refuse(
        Reason.UNAVAILABLE, "this server has no " + part + " at the moment; try again later");
  }

  /** What a user is told of a delta that does not fit. */
  public static WaveException forUser(DeltaRejectedException rejected) {
    Reason reason =
        switch (rejected.reason()) {
          case UNKNOWN_VERSION, HASH_MISMATCH, GAP -> Reason.NO_SUCH_VERSION;
          case REMOVED_AUTHOR -> Reason.NOT_ALLOWED;
          case EMPTY, INVALID_OPERATION, CONFLICT, DIVERGED -> Reason.INVALID_OPERATION;
        };
    return new WaveException(reason, rejected.getMessage(), rejected);
  }

  /** What a user is told of any failure on this server. */
  public static WaveException forUser(Throwable failure) {
    if (failure instanceof WaveException refusal) {
      return refusal;
    }
    if (failure instanceof CryptoException || failure instanceof StoreException) {
      return new WaveException(Reason.UNAVAILABLE, failure.getMessage(), failure);
    }
    log.error("unexpected failure of a user's call", failure);
    return new WaveException(
        Reason.UNAVAILABLE, "this server failed unexpectedly; its log says how", failure);
  }

  /** What a peer is told of any failure on this server. */
  public static FederationException forPeer(Throwable failure) {
    if (failure instanceof FederationException refusal) {
      return refusal;
    }
    if (failure instanceof WaveException refusal) {
      return forPeer(refusal);
    }
    if (failure instanceof CryptoException refusal) {
      return forPeer(refusal);
    }
    if (failure instanceof StoreException) {
      return storeFailed(FailureReason.INTERNAL_SERVER_ERROR, failure);
    }
    log.error("unexpected failure of a peer's call", failure);
    return new FederationException(
        FailureReason.INTERNAL_SERVER_ERROR, "this server failed unexpectedly", failure);
  }

  /** Whether what failed on this server may succeed later without anybody changing it. */
  public static boolean mayPass(Throwable failure) {
    return forPeer(Stages.cause(failure)).reason().isTemporary();
  }

  private static FederationException forPeer(WaveException refusal) {
    FailureReason reason = reason(refusal.reason());
    return refusal.getCause() instanceof StoreException
        ? storeFailed(reason, refusal)
        : new FederationException(reason, refusal.getMessage(), refusal);
  }

  /** What the store says names folders of ours, which are nobody else's business. */
  private static FederationException storeFailed(FailureReason reason, Throwable failure) {
    return new FederationException(
        reason, "this server's store fails at the moment; try again later", failure);
  }

  private static FederationException forPeer(CryptoException refusal) {
    return switch (refusal.reason()) {
      case UNKNOWN_SIGNER -> unknownSigner("");
      case NO_KEY ->
          new FederationException(
              FailureReason.INTERNAL_SERVER_ERROR,
              "this server cannot sign at the moment",
              refusal);
      case BAD_CERTIFICATE, UNTRUSTED, WRONG_DOMAIN, BAD_SIGNATURE ->
          new FederationException(FailureReason.NOT_AUTHORIZED, refusal.getMessage(), refusal);
    };
  }

  /**
   * The signer of a delta must be posted first. Deployed servers know this case by these very
   * words. Without a cause: it is no fault of ours.
   *
   * @param more what follows them
   */
  public static FederationException unknownSigner(String more) {
    return refuse(FailureReason.INTERNAL_SERVER_ERROR, "Unknown signer" + more);
  }

  private static FailureReason reason(Reason reason) {
    return switch (reason) {
      case NO_SUCH_WAVELET, NO_SUCH_VERSION -> FailureReason.ITEM_NOT_FOUND;
      case INVALID_OPERATION -> FailureReason.NOT_ACCEPTABLE;
      case FOREIGN_USER, NOT_ALLOWED -> FailureReason.NOT_AUTHORIZED;
      case UNAVAILABLE -> FailureReason.RESOURCE_CONSTRAINT;
      case HOST_REFUSED, HOST_UNREACHABLE, HOST_SILENT -> FailureReason.REMOTE_SERVER_TIMEOUT;
      case QUARANTINED -> FailureReason.INTERNAL_SERVER_ERROR;
    };
  }
}
