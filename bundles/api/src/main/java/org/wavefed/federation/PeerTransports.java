// SPDX-License-Identifier: Apache-2.0
package org.wavefed.federation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Over which transport each peer is called, where several serve a domain of ours: the pinned one;
 * without a pin the one over which the peer last answered or called; else the first by service
 * ranking. A peer that cannot be reached over one is tried over another by the next call.
 * Thread-safe.
 */
@ProviderType
public interface PeerTransports {
  /** Why a peer is called over a transport. */
  enum Reason {
    /** An operator said so. */
    PINNED,
    /** The peer last answered or called over it. */
    HEARD,
    /** It is the first by service ranking, and nothing speaks against it. */
    FIRST,
    /** The peer could not be reached over others, or over this one for the longest time. */
    OTHERS_FAILED,
    /** No transport may be used: none serves our domain, or not the pinned one. */
    NONE
  }

  /**
   * How the next call to a peer goes.
   *
   * @param localDomain the domain of ours that calls
   * @param peerDomain the peer
   * @param kind {@code FederationTransport.kind()} of the transport, or of the pinned one that does
   *     not serve us now; empty if there is none
   * @param reason why this one
   * @param failed kinds over which the peer could not be reached when that was last tried
   */
  record Use(
      String localDomain,
      String peerDomain,
      Optional<String> kind,
      Reason reason,
      List<String> failed) {
    /** The list is copied. */
    public Use {
      failed = List.copyOf(failed);
    }
  }

  /**
   * Every pair of domains that called each other lately, and every other peer of {@link
   * Peers#list()} with the domain of ours that would call it: the one whose wave waits for it, else
   * the default one. By peer and domain of ours.
   */
  List<Use> uses();

  /** The pinned peers with the kind of their transport, by domain. */
  Map<String, String> pins();

  /**
   * Calls a peer over one kind of transport alone from now on. The pin is kept in the server's
   * configuration and takes effect shortly after.
   *
   * @throws IllegalArgumentException if the peer is no domain or the kind no word
   * @throws IllegalStateException if the configuration cannot be written, in one line for an
   *     operator
   */
  void pin(String peerDomain, String kind);

  /**
   * Takes a pin back; does nothing if there is none.
   *
   * @throws IllegalStateException if the configuration cannot be written
   */
  void unpin(String peerDomain);
}
