// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.shell.Acting;
import org.wavefed.shell.Addresses;
import org.wavefed.shell.Services;
import org.wavefed.shell.completer.UserCompleter;
import org.wavefed.wave.WaveService;

/** {@code wave:as}. */
@Service
@Command(
    scope = "wave",
    name = "as",
    description = "Sets, or shows, the user that this session acts as",
    detailedDescription =
        "Every command that reads or writes waves acts as a user of this server. This sets the one"
            + " for the rest of the session; --as of each command goes before it. Who may use the"
            + " console at all is decided by Karaf's login, not here.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:as alice@acmewave.example\n"
            + "  wave:as\n"
            + "  wave:as --nobody")
public final class AsCommand extends WaveCommand {
  @Option(name = "--nobody", description = "Forget the user of this session")
  boolean nobody;

  @Argument(
      valueToShowInHelp = "",
      name = "user",
      description =
          "The user, of a domain that this server serves; without it the command shows who it is."
              + " Example: alice@acmewave.example")
  @Completion(UserCompleter.class)
  String user = "";

  @Override
  void run(Services services) {
    if (nobody) {
      Acting.setSessionUser(session, "");
    } else if (!user.isEmpty()) {
      Set<String> domains =
          services.find(WaveService.class).map(WaveService::localDomains).orElse(Set.of());
      Acting.setSessionUser(session, Addresses.user(user, domains).address());
    }
    out.println(Acting.sessionUser(session).map(name -> "acting as " + name).orElse("nobody"));
  }
}
