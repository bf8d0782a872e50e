// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.karaf.options.KarafDistributionOption;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Our distribution while its parts come and go. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapIT {
  @Inject private FeaturesService features;
  @Inject private SessionFactory sessions;
  @Inject private BundleContext context;

  @Configuration
  public Option[] options() {
    Option[] ours = Container.ours();
    Option[] all = Arrays.copyOf(ours, ours.length + 1);
    all[ours.length] =
        KarafDistributionOption.editConfigurationFilePut(
            "etc/org.wavefed.server.cfg", "domains", "acmewave.example");
    return all;
  }

  @Test
  public void statusShouldShowEveryPartOfTheDistribution() throws Exception {
    String status = run("wave:status");
    assertTrue(status, status.contains("rocksdb"));
    assertTrue(status, status.contains("org.wavefed.transport-s2s"));
    assertFalse(status, status.contains("does not resolve"));
  }

  @Test
  public void anotherStoreShouldReplaceTheDefaultAndGiveWayAgain() throws Exception {
    features.installFeature("wavefed-store-memory");
    assertTrue(find("store-memory").isPresent());
    assertFalse(find("store-rocksdb").isPresent());
    assertTrue(run("wave:status"), run("wave:status").contains("memory"));

    features.uninstallFeature("wavefed-store-memory");
    assertFalse(find("store-memory").isPresent());
    assertTrue(find("store-rocksdb").isPresent());
    assertTrue(run("wave:status"), run("wave:status").contains("rocksdb"));
  }

  @Test
  public void componentShouldReplaceTheDefaultTransportAndGiveWayAgain() throws Exception {
    features.installFeature("wavefed-transport-component");
    assertTrue(find("transport-component").isPresent());
    assertFalse(find("transport-s2s").isPresent());

    features.uninstallFeature("wavefed-transport-component");
    assertFalse(find("transport-component").isPresent());
    assertTrue(find("transport-s2s").isPresent());
  }

  @Test
  public void bothTransportsShouldBeThereWhenBothAreNamed() throws Exception {
    Set<String> both = Set.of("wavefed-transport-component", "wavefed-transport-s2s");
    features.installFeatures(both, EnumSet.noneOf(FeaturesService.Option.class));
    assertTrue(find("transport-component").isPresent());
    assertTrue(find("transport-s2s").isPresent());

    features.uninstallFeatures(both, EnumSet.noneOf(FeaturesService.Option.class));
    assertFalse(find("transport-component").isPresent());
    assertTrue(find("transport-s2s").isPresent());
  }

  @Test
  public void anotherDnsShouldReplaceTheDefaultAndGiveWayAgain() throws Exception {
    features.installFeature("wavefed-dns-static");
    assertTrue(find("dns-static").isPresent());
    assertFalse(find("dns-dnsjava").isPresent());

    features.uninstallFeature("wavefed-dns-static");
    assertFalse(find("dns-static").isPresent());
    assertTrue(find("dns-dnsjava").isPresent());
  }

  @Test
  public void viewerShouldLookAtTheServerAndWriteNothing() throws Exception {
    RoleConsole viewer = RoleConsole.of(sessions, "viewer");
    assertTrue(viewer.run("wave:status").contains("rocksdb"));
    for (String command :
        new String[] {
          "wave:create --as alice@acmewave.example",
          "wave:write --as alice@acmewave.example w+1 text",
          "wave:keys list"
        }) {
      assertNotFound(viewer, command);
    }
    assertForbidden(viewer, "wave:peers --try initech.example");
    RoleConsole manager = RoleConsole.of(sessions, "manager");
    assertNotFound(manager, "wave:keys list");
    String list = manager.run("wave:list --as alice@acmewave.example");
    assertTrue(list, list.contains("no wave"));
  }

  @Test
  public void howOthersAreFoundShouldBeSeenByViewersAndChangedByAdministrators() throws Exception {
    RoleConsole viewer = RoleConsole.of(sessions, "viewer");
    viewer.run("wave:transports");
    viewer.run("wave:dns-cache");
    assertTrue(viewer.run("wave:dns-plan").contains("_xmpp-server._tcp.acmewave.example."));
    for (RoleConsole console : List.of(viewer, RoleConsole.of(sessions, "manager"))) {
      assertForbidden(console, "wave:transports --pin initech.example s2s");
      assertForbidden(console, "wave:transports --pin=initech.example s2s");
      assertForbidden(console, "wave:transports --no-format '--unpin' initech.example");
      assertForbidden(console, "wave:dns-cache --flush");
      assertForbidden(console, "wave:dns-cache --no-format --flush initech.example");
      assertNotFound(console, "wave:store-copy rocksdb memory");
    }
    // No transport runs without a certificate: it is the command that refuses here.
    assertRefused("wave:transports --pin initech.example s2s", "no transport 's2s' is running");
    assertRefused("wave:transports --unpin initech.example", "is not pinned");
    assertTrue(run("wave:dns-cache --flush").contains("forgotten"));
  }

  @Test
  public void commandsShouldSurviveEveryMissingPart() throws Exception {
    for (String name :
        new String[] {
          "store-rocksdb", "crypto-x509", "transport-s2s", "dns-dnsjava", "ping", "server"
        }) {
      Bundle part = find(name).orElseThrow();
      part.stop();
      try {
        assertTrue(name, run("wave:status").contains("stopped"));
        assertTrue(name, isCommandThere("list"));
      } finally {
        part.start();
      }
      assertFalse(name, run("wave:status").contains("stopped"));
    }
  }

  @Test
  public void partsShouldStartAndStopAgainAndAgainWithoutLeavingThreads() throws Exception {
    restartAll();
    int before = wavefedThreads();
    for (int i = 0; i < 5; i++) {
      restartAll();
    }
    assertEquals(before, wavefedThreads(), 3);
  }

  private void restartAll() throws BundleException {
    for (String name :
        new String[] {
          "store-rocksdb", "crypto-x509", "transport-s2s", "dns-dnsjava", "ping", "server"
        }) {
      Bundle part = find(name).orElseThrow();
      part.stop();
      part.start();
    }
  }

  private static int wavefedThreads() {
    return Thread.activeCount();
  }

  private boolean isCommandThere(String name) {
    return sessions.getRegistry().getCommand("wave", name) != null;
  }

  private Optional<Bundle> find(String name) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().equals("org.wavefed." + name))
        .findFirst();
  }

  /** What a command prints when an administrator runs it. */
  private String run(String command) throws Exception {
    return RoleConsole.ofAdmin(sessions).run(command);
  }

  /** The command may be run, and says itself why it does nothing. */
  private void assertRefused(String command, String why) {
    String message = assertThrows(command, Exception.class, () -> run(command)).getMessage();
    assertTrue(message, message.contains(why));
  }

  private static void assertNotFound(RoleConsole console, String command) {
    assertRefused(console, command, "CommandNotFoundException");
  }

  /** The command is there for this user, but not with these options. */
  private static void assertForbidden(RoleConsole console, String command) {
    assertRefused(console, command, "SecurityException");
  }

  /** By name: Gogo's exceptions are nothing that a test in the container can see. */
  private static void assertRefused(RoleConsole console, String command, String exception) {
    Exception refusal = assertThrows(command, Exception.class, () -> console.run(command));
    assertEquals(command, exception, refusal.getClass().getSimpleName());
  }
}
