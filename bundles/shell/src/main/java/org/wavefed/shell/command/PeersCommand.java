// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.federation.DeliveryQueue;
import org.wavefed.federation.Peers;
import org.wavefed.federation.Peers.PeerStatus;
import org.wavefed.shell.Addresses;
import org.wavefed.shell.Printable;
import org.wavefed.shell.Services;
import org.wavefed.shell.Table;
import org.wavefed.shell.Times;
import org.wavefed.shell.completer.DomainCompleter;

/** {@code wave:peers}. */
@Service
@Command(
    scope = "wave",
    name = "peers",
    description = "Shows the domains that this server federates with, and what waits for them",
    detailedDescription =
        "Without a domain: every peer spoken to since the start or that something waits for. With"
            + " one: how it is, and the waves of which it has not everything yet. A peer that is down is tried"
            + " again with growing pauses, and at once when it is heard from.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:peers\n"
            + "  wave:peers initech.example\n"
            + "  wave:peers --try initech.example")
public final class PeersCommand extends WaveCommand {
  private static final int MOST = 1000;
  private static final String NOT_YET =
      " and this server have exchanged no wave since this one started";

  private final Times times = Times.here();

  @Option(
      valueToShowInHelp = "",
      name = "--try",
      description = "Try now to deliver what waits for this domain. Example: --try initech.example")
  @Completion(DomainCompleter.class)
  String tryNow = "";

  @Option(name = "--no-format", description = "For scripts: full values, separated by tabs")
  boolean noFormat;

  @Argument(
      valueToShowInHelp = "",
      name = "domain",
      description = "Show what waits for this domain alone. Example: initech.example")
  @Completion(DomainCompleter.class)
  String domain = "";

  @Override
  void run(Services services) {
    if (!tryNow.isEmpty()) {
      deliver(services.need(DeliveryQueue.class), Addresses.domain(tryNow));
    } else if (!domain.isEmpty()) {
      showPeer(services, Addresses.domain(domain));
    } else {
      showPeers(services.need(Peers.class).list());
    }
  }

  private void deliver(DeliveryQueue queue, String peer) {
    if (queue.waiting(peer, 1).isEmpty()) {
      out.println("nothing waits for " + peer + ", so there is nothing to try");
      return;
    }
    queue.tryNow(peer);
    out.println("trying " + peer + " now: wave:peers " + peer + " shows what still waits");
  }

  private void showPeer(Services services, String peer) {
    if (!noFormat) {
      services.need(Peers.class).list().stream()
          .filter(status -> status.domain().equals(peer))
          .findFirst()
          .ifPresentOrElse(this::describe, () -> out.println(peer + NOT_YET));
    }
    Table table =
        new Table("Nothing waits for " + peer + ".", "WAVE", "DELIVERED", "VERSION", "BEHIND");
    for (DeliveryQueue.Waiting one : services.need(DeliveryQueue.class).waiting(peer, MOST)) {
      table.row(one.wavelet(), one.acknowledged(), one.head(), one.head() - one.acknowledged());
    }
    table.print(out, !noFormat, width());
  }

  private void describe(PeerStatus peer) {
    out.println(
        Printable.of(peer.domain())
            + " is "
            + state(peer)
            + " since "
            + times.full(peer.since())
            + ", last heard "
            + peer.lastHeard().map(times::full).orElse("never"));
    if (!peer.lastError().isEmpty()) {
      out.println("last error: " + Printable.of(peer.lastError()));
    }
  }

  private void showPeers(List<PeerStatus> peers) {
    Table table =
        new Table(
            "No peer yet: this server has exchanged no wave with any since it started.",
            "PEER",
            "STATE",
            "SINCE",
            "LAST HEARD",
            "WAITING",
            "NEXT TRY",
            "LAST ERROR");
    for (PeerStatus peer : peers) {
      table.row(
          peer.domain(),
          state(peer),
          times.brief(peer.since()),
          time(peer.lastHeard()),
          peer.waiting(),
          time(peer.nextTry()),
          peer.lastError());
    }
    table.print(out, !noFormat, width());
  }

  private static String state(PeerStatus peer) {
    return peer.state().name().toLowerCase(Locale.ROOT);
  }

  private Table.Cell time(Optional<Instant> instant) {
    return instant.map(times::brief).orElse(new Table.Cell("-", ""));
  }
}
