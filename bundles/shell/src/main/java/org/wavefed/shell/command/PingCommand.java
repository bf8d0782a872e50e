// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.time.Duration;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.ping.PingService;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Services;
import org.wavefed.shell.ping.Pinger;

/** {@code wave:ping}. */
@Service
@Command(
    scope = "wave",
    name = "ping",
    description = "Asks the wave service of another domain for a sign of life",
    detailedDescription =
        "Finds the wave service of the domain, pings it once an interval and says how long each"
            + " answer took, or where it failed: no such domain, no wave service found, refused,"
            + " timed out, not connected. Ctrl-C ends it with the summary. Fails if nothing"
            + " answered.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:ping -c 3 initech.example\n"
            + "  wave:ping -i 0.2 -w 5 initech.example")
public final class PingCommand extends PeerCommand {
  /** How often a command without a terminal pings, since nobody could press Ctrl-C. */
  private static final int UNATTENDED = 4;

  @Option(
      valueToShowInHelp = "",
      name = "-c",
      aliases = "--count",
      description =
          "How many times; without it until Ctrl-C, or 4 times without a terminal. Example: -c 3")
  int count;

  @Option(
      name = "-i",
      aliases = "--interval",
      description = "Seconds from one ping to the next, 0.01 or more. Example: -i 0.5")
  double interval = 1;

  @Option(
      valueToShowInHelp = "",
      name = "-w",
      aliases = "--deadline",
      description = "Seconds after which it ends in any case; 0 for no end. Example: -w 10")
  double deadline;

  @Option(
      name = "-W",
      aliases = "--timeout",
      description = "Seconds to wait for each answer, finding the service included. Example: -W 2")
  double timeout = 10;

  @Override
  void run(Services services) {
    PingService pings = services.need(PingService.class);
    Pinger.Plan plan =
        new Pinger.Plan(
            // Without a server whatever a transport serves asks.
            from(services).orElse(""),
            peer(),
            count(),
            seconds("-i", interval, 0.01),
            seconds("-W", timeout, 0.01),
            seconds("-w", deadline, 0));
    new Pinger(pings, plan, out, this::isGone, Pinger.Clock.system()).run();
  }

  private boolean isGone() {
    return out.checkError() || Keyboard.isGone(session);
  }

  private int count() {
    if (count < 0) {
      throw new Refusal("-c " + count + ": give a number of pings, 1 or more");
    }
    return count == 0 && !isInteractive() && deadline == 0 ? UNATTENDED : count;
  }

  private static Duration seconds(String option, double value, double least) {
    if (!(value >= least && value <= 86_400)) {
      throw new Refusal(option + " " + value + ": give seconds, from " + least + " to 86400");
    }
    return Duration.ofNanos(Math.round(value * 1e9));
  }
}
