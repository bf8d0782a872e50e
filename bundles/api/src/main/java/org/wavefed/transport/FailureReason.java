// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

/**
 * Why a call failed. The first group are errors that a peer answers with or that we answer with
 * ({@code docs/protocol.md}, Errors); the second group happens on the way.
 */
public enum FailureReason {
  /** The request breaks the protocol; sending it again will fail again. */
  BAD_REQUEST,
  /** No such wavelet, version or signer. */
  ITEM_NOT_FOUND,
  /** The request is understood but refused: it does not fit the wavelet's state. */
  NOT_ACCEPTABLE,
  /** The caller may not do or know this. */
  NOT_AUTHORIZED,
  /** Too much at once or too large; try later. */
  RESOURCE_CONSTRAINT,
  /** Something else. */
  UNDEFINED_CONDITION,
  /** The server failed; try again. Also how the original says that it does not know the signer. */
  INTERNAL_SERVER_ERROR,
  /** A server that the callee needed did not answer in time; try again. */
  REMOTE_SERVER_TIMEOUT,
  /** Not now: the request does not fit what came before it. */
  UNEXPECTED_REQUEST,

  /** There is no such domain, or its server cannot be found. */
  NO_SUCH_DOMAIN,
  /** The domain's server answers, but offers no wave service. */
  NO_WAVE_SERVICE,
  /** The peer, or a server between, refused the connection or the service. */
  REFUSED,
  /** No answer within the timeout. */
  TIMED_OUT,
  /** Our own transport has no connection, or lost it before the answer came. */
  NOT_CONNECTED,
  /** Too many calls in flight on our side; try later. */
  OVERLOADED;

  /** Whether the same call may succeed later without anybody changing it. */
  public boolean isTemporary() {
    return switch (this) {
      case BAD_REQUEST, ITEM_NOT_FOUND, NOT_ACCEPTABLE, NOT_AUTHORIZED -> false;
      default -> true;
    };
  }
}
