// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.wavefed.crypto.x509.PkixVerifier;
import org.wavefed.crypto.x509.Signatures;
import org.wavefed.crypto.x509.TrustRoots;
import org.wavefed.smack.SmackReady;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.testkit.federation.RecordingHandler;
import org.wavefed.transport.Route;
import org.wavefed.transport.s2s.Lab.Server;
import org.wavefed.xmpp.endpoint.OpenCalls;

/** A configuration and certificates that change under a transport that runs. */
class ConfiguredS2sTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";

  @TempDir Path folder;

  private final Lab lab = new Lab();
  private final List<S2sTransport> offered = new ArrayList<>();
  private final RecordingHandler handler = new RecordingHandler();
  private ConfiguredS2s configured;
  private boolean unwilling;

  /** Whatever is offered is kept; there is no framework in this test. */
  private BundleContext context() {
    return proxy(BundleContext.class);
  }

  private <T> T proxy(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "registerService" -> {
                    if (unwilling) {
                      throw new IllegalStateException("the framework does not want it");
                    }
                    offered.add((S2sTransport) arguments[1]);
                    yield proxy(ServiceRegistration.class);
                  }
                  default -> null;
                }));
  }

  @BeforeEach
  void certificate() {
    certificate(ACME);
  }

  private IssuedCertificate certificate(String domain) {
    IssuedCertificate issued = lab.authority.issue(Lab.leaf(domain));
    issued.write(folder, domain);
    return issued;
  }

  private Map<String, Object> properties(String... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("domains", ACME);
    properties.put("listen", "127.0.0.1:0");
    properties.put("tls.certificate", folder.resolve("{domain}.crt").toString());
    properties.put("tls.key", folder.resolve("{domain}.key").toString());
    properties.put("private.addresses", "true");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  private void start(Map<String, Object> properties) {
    configured = new ConfiguredS2s(context(), properties, new OpenCalls(), new SmackReady("test"));
    configured.setParts(
        lab.dns,
        new PkixVerifier(
            TrustRoots.of(List.of(lab.authority.certificate())),
            false,
            Signatures.jdk(),
            InstantSource.system()));
    configured.bindHandler(handler);
  }

  /** The transport that runs, found by the others. */
  private S2sTransport running() {
    S2sTransport last = offered.get(offered.size() - 1);
    assertThat(last.serves(ACME)).isTrue();
    lab.publish(ACME, last.listening().plain().get(0).getPort(), false);
    return last;
  }

  @AfterEach
  void stop() throws Exception {
    configured.stop();
    lab.close();
  }

  private static <T> T get(CompletionStage<T> call) throws Exception {
    return call.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private void lookTwice() {
    configured.look();
    configured.look();
  }

  private static X509Certificate shown(S2sTransport transport) throws Exception {
    return ShownCertificate.direct(transport.listening().direct().get(0), ACME);
  }

  @Test
  void newCertificateShouldBeShownWithoutAPauseWhenItsFilesChange() throws Exception {
    start(properties("listen.direct", "127.0.0.1:0"));
    S2sTransport acme = running();
    Server initech = lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
    X509Certificate before = shown(acme);
    OutgoingStream open =
        get(initech.transport().dial(new Pair("wave.initech.example", "wave.acmewave.example")));
    IssuedCertificate renewed = certificate(ACME);
    lookTwice();
    assertThat(shown(acme)).isEqualTo(renewed.leaf()).isNotEqualTo(before);
    assertThat(offered).as("the same transport").hasSize(1);
    assertThat(open.ended()).as("old streams live on").isNotDone();
    get(initech.transport().ping(new Route(INITECH, ACME), Duration.ofSeconds(20)));
    get(acme.ping(new Route(ACME, INITECH), Duration.ofSeconds(20)));
  }

  @Test
  void oldCertificateShouldBeKeptWhenTheNewFilesAreBad() throws Exception {
    start(properties("listen.direct", "127.0.0.1:0"));
    S2sTransport acme = running();
    X509Certificate before = shown(acme);
    Files.writeString(folder.resolve(ACME + ".crt"), "junk");
    lookTwice();
    assertThat(shown(acme)).isEqualTo(before);
    lab.authority.issue(Lab.leaf("other.example")).write(folder, ACME);
    lookTwice();
    assertThat(shown(acme)).as("of another domain").isEqualTo(before);
    IssuedCertificate good = certificate(ACME);
    lookTwice();
    assertThat(shown(acme)).isEqualTo(good.leaf());
  }

  @Test
  void transportShouldStartWhenAMissingCertificateComes() throws Exception {
    Files.delete(folder.resolve(ACME + ".key"));
    start(properties());
    assertThat(offered).isEmpty();
    certificate(ACME);
    lookTwice();
    assertThat(running().serves(ACME)).isTrue();
  }

  @Test
  void configurationOfBeforeShouldGoOnWhenTheNewOneMakesNoSense() {
    start(properties());
    S2sTransport acme = running();
    configured.modified(properties("calls.in.flight.max", "many"));
    configured.modified(properties("tls.required", "flase"));
    configured.modified(properties("listen", "nowhere"));
    configured.modified(properties("domains", ACME + ", missing.example"));
    assertThat(running()).isSameAs(acme);
    configured.modified(properties("calls.in.flight.max", "7"));
    assertThat(running()).isNotSameAs(acme);
    assertThat(acme.serves(ACME)).isFalse();
    configured.modified(properties("domains", ""));
    assertThat(offered).hasSize(2).noneMatch(transport -> transport.serves(ACME));
  }

  @Test
  void defaultsShouldCountWhenTheFirstConfigurationHasFaults() throws Exception {
    start(properties("calls.in.flight.max", "many", "listen.direct", "127.0.0.1:0"));
    S2sTransport acme = running();
    IssuedCertificate renewed = certificate(ACME);
    lookTwice();
    assertThat(shown(acme)).isEqualTo(renewed.leaf());
  }

  @Test
  void certificatesShouldBeLookedAtAgainWhenTheyCouldNotBeTaken() throws Exception {
    Files.delete(folder.resolve(ACME + ".crt"));
    start(properties());
    certificate(ACME);
    unwilling = true;
    lookTwice();
    assertThat(offered).isEmpty();
    unwilling = false;
    certificate(ACME);
    lookTwice();
    assertThat(running().domains()).containsExactly(ACME);
  }
}
