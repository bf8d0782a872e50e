// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.itests.Lab.ACME;
import static org.wavefed.itests.Lab.INITECH;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Test;

/** What an operator gets wrong is told in a line, and federation goes on. */
public class MistakesIT {
  private static final String TRANSPORT = "org.wavefed.transport.s2s";
  private static final Duration SOON = Duration.ofSeconds(60);

  @ClassRule public static final Lab LAB = new Lab("mistakes", Lab.Transport.S2S);

  @Test
  public void wordInThePlaceOfANumberShouldBeALineAndChangeNothing() throws Exception {
    LAB.lab("configure", ACME, TRANSPORT, "calls.in.flight.max", "many");
    await(
        () ->
            LAB.log(ACME)
                .contains(
                    "calls.in.flight.max in etc/org.wavefed.transport.s2s.cfg must be a whole number"
                        + " from 1 to 2147483647, not 'many'; federation goes on as it was before"));
    assertThat(LAB.log(ACME)).doesNotContain("ComponentException").doesNotContain("\tat ");
    assertThat(LAB.console(ACME, "wave:ping -c 1 " + INITECH)).contains("1 answered");
    LAB.lab("configure", ACME, TRANSPORT, "calls.in.flight.max", "1024");
  }

  @Test
  public void takenPortShouldBeToldUntilItIsFree() throws Exception {
    String trouble;
    try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String place = "127.0.0.1:" + taken.getLocalPort();
      trouble = "cannot listen on " + place + " (Address already in use)";
      LAB.lab("configure", ACME, TRANSPORT, "listen.direct", place);
      await(() -> LAB.console(ACME, "wave:status --no-format").contains(trouble));
      assertThat(LAB.console(ACME, "wave:transports")).contains("s2s: " + trouble);
      await(() -> LAB.console(ACME, "wave:ping -c 1 " + INITECH).contains("1 answered"));
    }
    await(() -> !LAB.console(ACME, "wave:status --no-format").contains(trouble));
    assertThat(LAB.log(ACME)).containsOnlyOnce(trouble).contains("others can connect now");
    LAB.lab("configure", ACME, TRANSPORT, "listen.direct", "");
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(300))
        .ignoreException(IOException.class)
        .until(condition);
  }
}
