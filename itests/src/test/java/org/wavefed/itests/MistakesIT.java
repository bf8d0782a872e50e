// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.itests.Lab.ACME;
import static org.wavefed.itests.Lab.INITECH;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.ClassRule;
import org.junit.Test;

/** What an operator gets wrong is told in a line, and federation goes on. */
public class MistakesIT {
  private static final String TRANSPORT = "org.wavefed.transport.s2s";
  private static final Duration SOON = Duration.ofSeconds(60);

  @ClassRule public static final Lab LAB = new Lab("mistakes", Lab.Transport.S2S);

  /** A file, a key, a value that makes no sense, the line that is in the log, the right value. */
  private record Mistake(String pid, String key, String wrong, String line, String right) {}

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(
              TRANSPORT,
              "calls.in.flight.max",
              "many",
              "calls.in.flight.max in etc/org.wavefed.transport.s2s.cfg must be a whole number"
                  + " from 1 to 2147483647, not 'many'; federation goes on as it was before",
              "1024"),
          new Mistake(
              "org.wavefed.server",
              "limits.reply.seconds",
              "301",
              "limits.reply.seconds in etc/org.wavefed.server.cfg must be a whole number from 1 to"
                  + " 300, not '301'; the limits stay as they were before",
              "30"),
          new Mistake(
              "org.wavefed.dns.static",
              "records",
              "acmewave.example A localhost",
              "records in etc/org.wavefed.dns.static.cfg: cannot read 'acmewave.example A"
                  + " localhost'; write NAME SRV PRIORITY WEIGHT PORT TARGET, NAME A ADDRESS, NAME"
                  + " AAAA ADDRESS or NAME CNAME TARGET; the records stay as they were",
              "kept"),
          new Mistake(
              "org.wavefed.crypto.x509",
              "signer.hash",
              "MD5",
              "signer.hash in etc/org.wavefed.crypto.x509.cfg must be SHA256 or SHA512, not 'MD5';"
                  + " all stays as it was before",
              "SHA256"),
          new Mistake(
              "org.wavefed.store.rocksdb",
              "block.cache.mebibytes",
              "8M",
              "block.cache.mebibytes in etc/org.wavefed.store.rocksdb.cfg must be a whole number"
                  + " from 1 to 65536, not '8M'; 8 is used",
              "8"));

  @Test
  public void valueThatMakesNoSenseShouldBeALineAndChangeNothing() throws Exception {
    Path records = LAB.file(ACME, "wavefed/etc/org.wavefed.dns.static.cfg");
    String before = Files.readString(records);
    for (Mistake mistake : MISTAKES) {
      LAB.lab("configure", ACME, mistake.pid(), mistake.key(), mistake.wrong());
    }
    for (Mistake mistake : MISTAKES) {
      awaitLine(mistake.line());
    }
    assertThat(LAB.log(ACME)).doesNotContain("ComponentException").doesNotContain("\tat ");
    await(() -> LAB.console(ACME, "wave:ping -c 1 " + INITECH).contains("1 answered"));
    await(() -> LAB.console(ACME, "wave:status").contains(ACME));
    for (Mistake mistake : MISTAKES) {
      if (!mistake.right().equals("kept")) {
        LAB.lab("configure", ACME, mistake.pid(), mistake.key(), mistake.right());
      }
    }
    Files.writeString(records, before);
  }

  @Test
  public void partsThatAreInstalledWithMistakesShouldTellThemInALine() throws Exception {
    String component = "org.wavefed.transport.component";
    LAB.lab("configure", ACME, component + "-default", "domain", ACME);
    LAB.lab("configure", ACME, component + "-default", "port", "70000");
    LAB.lab("configure", ACME, "org.wavefed.dns.dnsjava", "nameservers", "localhost");
    // A part that starts before its file is read begins as the file was before.
    awaitRead(component + "~default", "port = 70000");
    awaitRead("org.wavefed.dns.dnsjava", "nameservers = localhost");
    // Named too, the default stays beside the other.
    LAB.console(
        ACME,
        "feature:install wavefed-transport-s2s wavefed-transport-component wavefed-dns-dnsjava");
    awaitLine(
        "port in etc/org.wavefed.transport.component-default.cfg must be a whole number from 1 to"
            + " 65535, not '70000'; 5347 is used");
    awaitLine(
        "no federation: secret in etc/org.wavefed.transport.component-default.cfg must be the"
            + " component's secret at the XMPP server");
    awaitLine(
        "nameservers in etc/org.wavefed.dns.dnsjava.cfg: 'localhost' is not an address such as"
            + " 127.0.0.1, 127.0.0.1:5300 or [::1]:53; nobody is asked until it is right");
    assertThat(LAB.console(ACME, "wave:ping -c 1 " + INITECH)).contains("1 answered");
    LAB.console(ACME, "feature:uninstall wavefed-transport-component wavefed-dns-dnsjava");
    assertThat(LAB.log(ACME)).doesNotContain("ComponentException").doesNotContain("\tat ");
  }

  @Test
  public void keyThatIsNoneShouldBeAWarningWithTheNearest() throws Exception {
    Path file = LAB.file(ACME, "wavefed/etc/" + TRANSPORT + ".cfg");
    String before = Files.readString(file);
    Files.writeString(file, before + "\nstream.max = 7\n");
    awaitLine(
        "stream.max in etc/org.wavefed.transport.s2s.cfg is not a key and does nothing; did you"
            + " mean streams.max?");
    Files.writeString(file, before);
    assertThat(LAB.log(ACME)).doesNotContain("felix.fileinstall.filename");
  }

  /** File Install would write each file anew when it has read it, over an edit in between. */
  @Test
  public void filesShouldStayAsTheOperatorHasThemWhenTheyAreRead() throws IOException {
    FileTime created = Files.getLastModifiedTime(LAB.file(ACME, "settings.env"));
    for (String name :
        List.of("org.ops4j.pax.logging.cfg", "org.apache.karaf.command.acl.wave.cfg")) {
      assertThat(Files.getLastModifiedTime(LAB.file(ACME, "wavefed/etc/" + name)))
          .as(name)
          .isLessThan(created);
    }
  }

  private static void awaitRead(String pid, String value) {
    patiently()
        .untilAsserted(
            () -> assertThat(LAB.console(ACME, "config:property-list -p " + pid)).contains(value));
  }

  private static void awaitLine(String line) {
    patiently().untilAsserted(() -> assertThat(LAB.log(ACME)).contains(line));
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
    patiently().until(condition);
  }

  private static ConditionFactory patiently() {
    return Awaitility.await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(300))
        .ignoreException(IOException.class);
  }
}
