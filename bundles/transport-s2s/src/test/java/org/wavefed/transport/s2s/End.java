// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.List;
import java.util.function.ToIntFunction;
import org.wavefed.transport.s2s.establish.ScriptedDns;

/**
 * One server of the matrix, as far as it matters for who lets in whom.
 *
 * @param oldPeers whether it takes a CN for a name
 */
record End(Certificate certificate, Tls tls, Dialback dialback, Layout layout, boolean oldPeers) {

  /** The same end, with other words of the DNS about it. */
  End published(Layout other) {
    return new End(certificate, tls, dialback, other, oldPeers);
  }

  /** What it shows, and what others say of that. */
  enum Certificate {
    VALID(""),
    WILDCARD(""),
    SERVER_ONLY(""),
    NO_SAN("it does not name wave."),
    EXPIRED("expired at"),
    NOT_YET_VALID("is not valid before"),
    SELF_SIGNED("no path from"),
    UNKNOWN_ROOT("no path from"),
    WRONG_NAME("it does not name wave."),
    SUFFIX("it does not name wave."),
    NOT_FOR_TLS("is not for TLS (extended key usage)");

    final String complaint;

    Certificate(String complaint) {
      this.complaint = complaint;
    }
  }

  /** What it demands, and whether a relay before it takes STARTTLS out of what it offers. */
  enum Tls {
    REQUIRED(true, false),
    OPTIONAL(false, false),
    REQUIRED_BUT_STRIPPED(true, true),
    STRIPPED(false, true);

    final boolean required;
    final boolean stripped;

    Tls(boolean required, boolean stripped) {
      this.required = required;
      this.stripped = stripped;
    }
  }

  /** Whom it lets go without a certificate that stands. */
  enum Dialback {
    NOBODY,
    OTHERS("*.test", "example", "initech.example.test"),
    FAMILY("*.example"),
    EVERYBODY("*"),
    /** Everybody, but the other end has once shown a certificate that stands. */
    NOT_THE_CERTIFIED("*");

    final List<String> rule;

    Dialback(String... rule) {
      this.rule = List.of(rule);
    }

    /** Whether the other end may dial back at all. */
    boolean allows() {
      return this != NOBODY && this != OTHERS;
    }

    /** Whether it may while it shows no certificate that stands. */
    boolean allowsUncertified() {
      return allows() && this != NOT_THE_CERTIFIED;
    }
  }

  /** Where a target of the DNS leads. */
  enum Door {
    STARTTLS,
    DIRECT_TLS,
    /** STARTTLS on the port of those who have no SRV record. */
    USUAL_PORT,
    /** Nobody listens there. */
    DEAD,
    /** A host without an address. */
    LOST,
    /** A host whose address the DNS does not tell. */
    UNTOLD,
    /** The server of somebody else. */
    STRANGER;

    /** Whether anybody takes the connection. */
    boolean isServer() {
      return this != DEAD && this != LOST && this != UNTOLD;
    }
  }

  /**
   * What the DNS says of it, best first. All but {@link #NOTHING} have an address of the name too.
   */
  enum Layout {
    ONE_RECORD(Door.STARTTLS),
    NO_RECORD(Door.USUAL_PORT),
    DIRECT_TLS(Door.DIRECT_TLS),
    DIRECT_TLS_FIRST(Door.DIRECT_TLS, Door.STARTTLS),
    STARTTLS_FIRST(Door.STARTTLS, Door.DIRECT_TLS),
    DEAD_FIRST(Door.DEAD, Door.STARTTLS),
    DEAD_LAST(Door.STARTTLS, Door.DEAD),
    LOST_FIRST(Door.LOST, Door.STARTTLS),
    STRANGER_FIRST(Door.STRANGER, Door.DIRECT_TLS),
    WRONG_PORT(Door.DEAD),
    HOST_BROKEN(Door.UNTOLD),
    WRONG_SERVER(Door.STRANGER),
    /** A record that STARTTLS is not offered, and one for direct TLS. */
    DIRECT_TLS_ALONE(Door.DIRECT_TLS),
    NOT_OFFERED,
    BROKEN,
    NOTHING;

    final List<Door> doors;

    Layout(Door... doors) {
      this.doors = List.of(doors);
    }

    /** Publishes where a host is. */
    void publish(ScriptedDns dns, String host, String address, ToIntFunction<Door> port) {
      for (int priority = 0; priority < doors.size(); priority++) {
        Door door = doors.get(priority);
        if (door != Door.USUAL_PORT) {
          String service = door == Door.DIRECT_TLS ? "_xmpps-server._tcp." : "_xmpp-server._tcp.";
          String target = (door == Door.LOST ? "lost." : "host.") + host;
          dns.srv(service + host, priority, 0, port.applyAsInt(door), target);
        }
      }
      if (this == NOT_OFFERED || this == DIRECT_TLS_ALONE) {
        dns.srv("_xmpp-server._tcp." + host, 0, 0, 0, "");
      }
      if (this == BROKEN) {
        dns.broken("_xmpp-server._tcp." + host);
      } else if (this == HOST_BROKEN) {
        dns.broken("host." + host);
      }
      if (this != NOTHING) {
        dns.host(host, address).host("host." + host, address);
      }
    }
  }
}
