// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.ArrayList;
import java.util.List;
import org.wavefed.transport.s2s.End.Door;
import org.wavefed.transport.s2s.End.Layout;

/**
 * What comes of it when one server wants a stream to another, and why: worked out from the rules
 * (RFC 2782, RFC 6120, RFC 9525, XEP-0220, XEP-0368 and docs/s2s.md), not from the code.
 */
sealed interface Expected {
  /** The stream is there. */
  record Open(Door door, boolean encrypted, boolean byCertificate) implements Expected {}

  /**
   * It is not.
   *
   * @param here what the initiator's operator reads, pieces in order
   * @param there what the other's operator reads; nothing if it is none of his business
   */
  record Refused(List<String> here, List<String> there) implements Expected {}

  /** Whoever requires TLS goes without it nowhere, nor asks about a key. */
  Refused NO_TLS = refused("it offers no TLS, which we require");

  /** Nor does it answer such a question. */
  Refused NOT_TOLD =
      refused("it does not say whether the dialback key is its own (policy-violation: TLS is req");

  private static Refused refused(String... here) {
    return new Refused(List.of(here), List.of());
  }

  /** The doors are tried one after the other. */
  static Expected stream(End from, End to) {
    List<Refused> refusals = new ArrayList<>();
    for (Door door : to.layout().doors) {
      Expected expected = at(door, from, to);
      if (expected instanceof Refused refused) {
        refusals.add(refused);
      } else {
        return expected;
      }
    }
    return reason(to.layout(), refusals);
  }

  /** What the first server says that there is; without any, what is wrong with the last door. */
  private static Refused reason(Layout layout, List<Refused> refusals) {
    for (int i = 0; i < refusals.size(); i++) {
      if (layout.doors.get(i).isServer()) {
        return refusals.get(i);
      }
    }
    return refusals.isEmpty() ? nowhere(layout) : refusals.get(refusals.size() - 1);
  }

  /** RFC 6120, 3.2.1: only who has no SRV record is looked for on the usual port. */
  private static Refused nowhere(Layout layout) {
    return switch (layout) {
      case NOT_OFFERED -> refused("its SRV record says that the service is not offered");
      case BROKEN -> refused("the SRV records of", "cannot be looked up", "SERVFAIL");
      default -> refused("cannot be found: no SRV record and no address");
    };
  }

  private static Expected at(Door door, End from, End to) {
    return switch (door) {
      case DEAD -> refused("onnection refused");
      case LOST -> refused("has no address");
      case UNTOLD -> refused("the addresses of host.", "cannot be looked up", "SERVFAIL");
      case STRANGER -> refused("host-unknown");
      case DIRECT_TLS -> encrypted(door, from, to);
      case STARTTLS, USUAL_PORT ->
          to.tls().stripped ? inClear(door, from, to) : encrypted(door, from, to);
    };
  }

  /** Nobody can show a certificate, so that it is dialback or nothing. */
  private static Expected inClear(Door door, End from, End to) {
    if (from.tls().required) {
      return NO_TLS;
    } else if (!from.dialback().allowsUncertified()) {
      return refused("without TLS nobody can show a certificate; dialback is not allowed for");
    } else if (to.tls().required) {
      return new Refused(
          List.of("dialback failed (policy-violation: TLS is required"),
          List.of("was not authenticated: TLS is required (tls.required)"));
    } else if (!to.dialback().allowsUncertified()) {
      return dialbackNotAllowed("", "");
    }
    return dialback(new Open(door, false, false), from, to, "", "");
  }

  /** Each end judges the certificate of the other. */
  private static Expected encrypted(Door door, End from, End to) {
    boolean fromStands = stands(from, to);
    boolean toStands = stands(to, from);
    String ofFrom = fromStands ? "" : from.certificate().complaint;
    String ofTo = toStands ? "" : to.certificate().complaint;
    List<String> there = fromStands ? List.of() : List.of("was not authenticated", ofFrom);
    if (fromStands && toStands) {
      return new Open(door, true, true);
    } else if (!toStands && !from.dialback().allowsUncertified()) {
      return new Refused(List.of(ofTo, "dialback is not allowed for"), there);
    } else if (toStands && !from.dialback().allows()) {
      return new Refused(
          List.of("it does not accept our certificate", "dialback is not allowed for"), there);
    } else if (fromStands ? !to.dialback().allows() : !to.dialback().allowsUncertified()) {
      return dialbackNotAllowed(ofTo, ofFrom);
    }
    return dialback(new Open(door, true, false), from, to, ofTo, ofFrom);
  }

  /** XEP-0220, 2.5: why it is not, in words for him who can do something about it. */
  private static Refused dialbackNotAllowed(String ofTo, String ofFrom) {
    String rule = "dialback is not allowed for";
    return new Refused(
        List.of("dialback failed (not-authorized", ofFrom, rule, ofTo),
        List.of("was not authenticated", ofFrom, rule));
  }

  /** Both let it, so that it is for the initiator's own server to say, if it can be asked. */
  private static Expected dialback(Open open, End from, End to, String ofTo, String ofFrom) {
    List<Refused> refusals = new ArrayList<>();
    for (Door door : from.layout().doors) {
      if (!door.isServer() || door == Door.STRANGER) {
        refusals.add((Refused) at(door, to, from));
      } else if (door != Door.DIRECT_TLS && from.tls().stripped && to.tls().required) {
        refusals.add(NO_TLS);
      } else if (door != Door.DIRECT_TLS && from.tls().stripped && from.tls().required) {
        refusals.add(NOT_TOLD);
      } else {
        return open;
      }
    }
    List<String> there = new ArrayList<>(List.of("was not authenticated", ofFrom));
    there.add("dialback failed: ");
    there.addAll(reason(from.layout(), refusals).here());
    return new Refused(
        List.of("dialback failed (remote-server-not-found: ", "does not confirm the key", ofTo),
        there);
  }

  /** RFC 9525: by the names in it; by RFC 6120, 13.7.1, for clients and servers alike. */
  static boolean stands(End shows, End judges) {
    return switch (shows.certificate()) {
      case VALID, WILDCARD, SERVER_ONLY -> true;
      case NO_SAN -> judges.oldPeers();
      default -> false;
    };
  }
}
