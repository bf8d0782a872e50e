// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.wavefed.shell.Addresses;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Services;
import org.wavefed.shell.completer.DomainCompleter;
import org.wavefed.shell.completer.LocalDomainCompleter;
import org.wavefed.wave.WaveService;

/** A command that asks another domain something, from one of ours. */
abstract class PeerCommand extends WaveCommand {
  @Option(
      valueToShowInHelp = "",
      name = "--from",
      description =
          "The domain of ours that asks; without it the first one. Example: --from"
              + " acmewave.example")
  @Completion(LocalDomainCompleter.class)
  String from = "";

  @Argument(
      name = "domain",
      required = true,
      description = "The domain, not its wave service. Example: initech.example")
  @Completion(DomainCompleter.class)
  String domain = "";

  /** The domain asked. */
  final String peer() {
    return Addresses.domain(domain);
  }

  /** The domain of ours that asks; empty if none was typed and none is known. */
  final Optional<String> from(Services services) {
    Set<String> served =
        services.find(WaveService.class).map(WaveService::localDomains).orElse(Set.of());
    if (from.isEmpty()) {
      return served.stream().findFirst();
    }
    String typed = Addresses.domain(from);
    if (!served.isEmpty() && !served.contains(typed)) {
      throw new Refusal(
          "--from " + typed + ": this server serves " + String.join(", ", served) + " alone");
    }
    return Optional.of(typed);
  }
}
