// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.dns.CachedAnswer;
import org.wavefed.dns.DnsResolver;
import org.wavefed.shell.Printable;
import org.wavefed.shell.Services;
import org.wavefed.shell.Table;
import org.wavefed.shell.completer.CachedNameCompleter;

/** {@code wave:dns-cache}. */
@Service
@Command(
    scope = "wave",
    name = "dns-cache",
    description = "Shows what the DNS said lately, and forgets it",
    detailedDescription =
        "One line for each answer that is kept: the name and type asked for, the answer, for how"
            + " many more seconds it may be used, and whether it was validated with DNSSEC. With a"
            + " name: the answers for that name and those below it. --flush forgets what is kept for"
            + " the name, or everything without one, and the next connection asks anew.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:dns-cache\n"
            + "  wave:dns-cache initech.example\n"
            + "  wave:dns-cache --flush\n"
            + "  wave:dns-cache --flush _xmpp-server._tcp.initech.example")
public final class DnsCacheCommand extends WaveCommand {
  @Option(name = "--flush", description = "Forget what is kept for the name, or everything")
  boolean flush;

  @Option(name = "--no-format", description = "For scripts: full values, separated by tabs")
  boolean noFormat;

  @Argument(
      valueToShowInHelp = "",
      name = "name",
      description = "The name asked for. Example: _xmpp-server._tcp.initech.example")
  @Completion(CachedNameCompleter.class)
  String name = "";

  @Override
  void run(Services services) {
    DnsResolver dns = services.need(DnsResolver.class);
    List<CachedAnswer> answers = answers(dns);
    if (flush) {
      flush(dns, answers);
    } else {
      show(answers);
    }
  }

  private List<CachedAnswer> answers(DnsResolver dns) {
    return dns.cached().stream()
        .filter(answer -> name.isEmpty() || isBelow(answer.name(), name))
        .sorted(Comparator.comparing(CachedAnswer::name).thenComparing(CachedAnswer::type))
        .toList();
  }

  private void flush(DnsResolver dns, List<CachedAnswer> answers) {
    if (name.isEmpty()) {
      dns.flush(Optional.empty());
    } else {
      answers.stream().map(CachedAnswer::name).distinct().forEach(n -> dns.flush(Optional.of(n)));
    }
    // What stands in a configuration stays.
    int forgotten = Math.max(0, answers.size() - answers(dns).size());
    out.println(forgotten + (forgotten == 1 ? " answer" : " answers") + " forgotten");
  }

  private void show(List<CachedAnswer> answers) {
    String nothing = name.isEmpty() ? "Nothing is kept." : "Nothing is kept for " + name + ".";
    Table table =
        new Table(Printable.of(nothing), "NAME", "TYPE", "ANSWER", "SECONDS LEFT", "VALIDATED");
    for (CachedAnswer answer : answers) {
      table.row(
          answer.name(),
          answer.type(),
          answer.answer(),
          answer.timeToLive().toSeconds(),
          answer.authenticated() ? "yes" : "no");
    }
    table.print(out, !noFormat, width());
  }

  private static boolean isBelow(String cached, String name) {
    String one = withoutDot(cached);
    String other = withoutDot(name);
    return one.equals(other) || one.endsWith("." + other);
  }

  private static String withoutDot(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
