// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.security.auth.Subject;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Session;
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
    assertTrue(runAs("viewer", "wave:status").contains("rocksdb"));
    for (String command :
        new String[] {
          "wave:create --as alice@acmewave.example",
          "wave:write --as alice@acmewave.example w+1 text",
          "wave:keys list"
        }) {
      assertNotFound("viewer", command);
    }
    assertNotFound("manager", "wave:keys list");
    String list = runAs("manager", "wave:list --as alice@acmewave.example");
    assertTrue(list, list.contains("no wave"));
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

  /** What a command prints when an administrator runs it, or the line with which it refuses. */
  private String run(String command) throws Exception {
    return runAs("admin", command);
  }

  /** Gogo's exception, which a test in the container cannot see. */
  private void assertNotFound(String role, String command) {
    Exception refusal = assertThrows(command, Exception.class, () -> runAs(role, command));
    assertEquals("CommandNotFoundException", refusal.getClass().getSimpleName());
  }

  private String runAs(String role, String command) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, out);
    Subject subject = new Subject();
    subject.getPrincipals().add(new RolePrincipal(role));
    try {
      Subject.doAs(subject, (PrivilegedExceptionAction<Object>) () -> session.execute(command));
    } catch (PrivilegedActionException e) {
      throw e.getException();
    } finally {
      session.close();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
