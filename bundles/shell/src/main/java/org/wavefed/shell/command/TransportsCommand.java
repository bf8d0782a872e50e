// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.federation.PeerTransports;
import org.wavefed.federation.PeerTransports.Use;
import org.wavefed.shell.Addresses;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Services;
import org.wavefed.shell.Services.Found;
import org.wavefed.shell.Table;
import org.wavefed.shell.completer.DomainCompleter;
import org.wavefed.shell.completer.PinnedDomainCompleter;
import org.wavefed.shell.completer.TransportKindCompleter;
import org.wavefed.transport.FederationTransport;

/** {@code wave:transports}. */
@Service
@Command(
    scope = "wave",
    name = "transports",
    description = "Shows over which transport each peer is called and why, and pins one for a peer",
    detailedDescription =
        "Where several transports serve a domain of ours, a peer is called over the one that is"
            + " pinned for it; without a pin over the one over which it last answered or called; else"
            + " over the first. A peer that cannot be reached over one is tried over another by the"
            + " next call. A pin is kept in etc/org.wavefed.server.cfg (transports.pinned); while the"
            + " pinned transport is away, the peer is not called.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:transports\n"
            + "  wave:transports --pin initech.example s2s\n"
            + "  wave:transports --unpin initech.example")
public final class TransportsCommand extends WaveCommand {
  @Option(
      valueToShowInHelp = "",
      name = "--pin",
      description =
          "Call this domain over the transport KIND alone. Example: --pin initech.example s2s")
  @Completion(DomainCompleter.class)
  String pin = "";

  @Option(
      valueToShowInHelp = "",
      name = "--unpin",
      description = "Take the pin of this domain back. Example: --unpin initech.example")
  @Completion(PinnedDomainCompleter.class)
  String unpin = "";

  @Option(name = "--no-format", description = "For scripts: full values, separated by tabs")
  boolean noFormat;

  @Argument(
      valueToShowInHelp = "",
      name = "kind",
      description = "For --pin: the kind of transport. Example: s2s")
  @Completion(TransportKindCompleter.class)
  String kind = "";

  @Override
  void run(Services services) {
    PeerTransports transports = services.need(PeerTransports.class);
    if (!pin.isEmpty() && !unpin.isEmpty()) {
      throw new Refusal("--pin and --unpin together: give one of them");
    }
    if (pin.isEmpty() && !kind.isEmpty()) {
      throw new Refusal(
          unpin.isEmpty()
              ? "'" + kind + "' without --pin: wave:transports --pin DOMAIN " + kind
              : "'" + kind + "' is too much: wave:transports --unpin " + unpin);
    }
    if (!pin.isEmpty()) {
      pin(services, transports, Addresses.domain(pin));
    } else if (!unpin.isEmpty()) {
      unpin(transports, Addresses.domain(unpin));
    } else {
      show(services, transports);
    }
  }

  private void pin(Services services, PeerTransports transports, String peer) {
    List<String> known = kinds(services);
    if (!known.contains(kind)) {
      throw new Refusal(
          (kind.isEmpty() ? "name the transport" : "no transport '" + kind + "' is running")
              + ": wave:transports --pin "
              + peer
              + " "
              + (known.isEmpty() ? "KIND" : String.join(" or ", known)));
    }
    write(() -> transports.pin(peer, kind));
    out.println(peer + " is called over " + kind + " alone from now on");
  }

  private void unpin(PeerTransports transports, String peer) {
    if (!transports.pins().containsKey(peer)) {
      throw new Refusal(peer + " is not pinned: wave:transports shows who is");
    }
    write(() -> transports.unpin(peer));
    out.println(peer + " is no longer pinned");
  }

  private static void write(Runnable change) {
    try {
      change.run();
    } catch (IllegalStateException e) {
      throw new Refusal(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<String> kinds(Services services) {
    return services.all(FederationTransport.class).stream()
        .map(Found::service)
        .map(FederationTransport::kind)
        .distinct()
        .toList();
  }

  private void show(Services services, PeerTransports transports) {
    Map<String, String> pins = new TreeMap<>(transports.pins());
    List<Use> uses = new ArrayList<>(transports.uses());
    uses.forEach(use -> pins.remove(use.peerDomain()));
    Table table =
        new Table(
            "No peer yet. "
                + (kinds(services).isEmpty()
                    ? "No transport is running: wave:status shows what to do."
                    : "Running: " + String.join(", ", kinds(services)) + "."),
            "PEER",
            "FROM",
            "TRANSPORT",
            "WHY");
    uses.forEach(
        use -> table.row(use.peerDomain(), use.localDomain(), use.kind().orElse("-"), why(use)));
    pins.forEach((peer, pinned) -> table.row(peer, "-", pinned, "pinned"));
    table.print(out, !noFormat, width());
    if (!noFormat) {
      services.all(FederationTransport.class).forEach(this::showTroubles);
    }
  }

  private void showTroubles(Found<FederationTransport> transport) {
    if (transport.properties().get("trouble") instanceof String[] troubles) {
      for (String trouble : troubles) {
        out.println(transport.service().kind() + ": " + trouble);
      }
    }
  }

  private static String why(Use use) {
    String failed =
        use.failed().isEmpty() ? "" : "; not reached over " + String.join(", ", use.failed());
    return reason(use) + failed;
  }

  private static String reason(Use use) {
    return switch (use.reason()) {
      case PINNED -> "pinned";
      case HEARD -> "it last answered or called over it";
      case FIRST -> "the first by ranking";
      case OTHERS_FAILED -> "next to be tried";
      case NONE ->
          use.kind().isPresent()
              ? "pinned, but not connected: nothing is sent"
              : "no transport is connected";
    };
  }
}
