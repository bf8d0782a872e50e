// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.wavefed.server.TestServer.LIMITS;
import static org.wavefed.server.TestServer.PATIENCE;
import static org.wavefed.server.TestServer.awaitSame;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.StoredSnapshot;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.transport.FederationTransport;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/** Parts that come and go, and the server itself. */
class ComingAndGoingTest {
  private final InProcessNetwork network = new InProcessNetwork(6);
  private final TestServer acme = new TestServer(network, "acmewave.example");
  private final TestServer initech = new TestServer(network, "initech.example");
  private final ParticipantId alice = acme.user("alice");
  private final ParticipantId peter = initech.user("peter");

  @AfterEach
  void stop() {
    network.close();
    acme.close();
    initech.close();
  }

  @Test
  void noThreadShouldBeLeftWhenAServerStopped() {
    for (int i = 0; i < 5; i++) {
      acme.write(alice, acme.create(alice), "x");
      acme.stop();
      initech.stop();
      // A pool is terminated a moment before its last thread is.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(Thread.getAllStackTraces().keySet())
                      .extracting(Thread::getName)
                      .noneMatch(name -> name.startsWith("wavefed-server")));
      acme.startAgain();
      initech.startAgain();
    }
  }

  @Test
  void waveletShouldOpenFromItsSnapshotAndWithoutItWhenItIsDamaged() {
    WaveletName wave = acme.create(alice);
    for (int i = 0; i < 2 * LIMITS.snapshotEvery(); i++) {
      acme.write(alice, wave, "x");
    }
    acme.stop();
    StoredSnapshot snapshot = TestServer.await(acme.store.snapshot(wave)).orElseThrow();
    assertThat(snapshot.version().version()).isGreaterThan(LIMITS.snapshotEvery());
    acme.startAgain();
    assertThat(TestServer.text(acme.read(alice, wave))).hasSize(2 * LIMITS.snapshotEvery());
    acme.stop();
    Bytes damaged = Bytes.wrap(new byte[] {1, 2, 3});
    TestServer.await(acme.store.putSnapshot(wave, new StoredSnapshot(snapshot.version(), damaged)));
    acme.startAgain();
    assertThat(TestServer.text(acme.read(alice, wave))).hasSize(2 * LIMITS.snapshotEvery());
  }

  @Test
  void userShouldBeToldWhenNothingSigns() {
    try (WaveServer bare =
        new WaveServer(Domains.of(List.of("acmewave.example")), LIMITS, Clock.systemUTC())) {
      assertThatThrownBy(() -> TestServer.await(bare.create(alice)))
          .isInstanceOfSatisfying(
              WaveException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
          .hasMessageContaining("no store");
      bare.setStore(acme.store);
      assertThatThrownBy(() -> TestServer.await(bare.create(alice)))
          .isInstanceOfSatisfying(
              WaveException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
          .hasMessageContaining("no signing service");
    }
  }

  @Test
  void nothingShouldBeLostWhenTransportsAndStoresAreSwappedWhileUsersType() {
    WaveletName wave = acme.create(alice);
    initech.readFrom(peter, wave, acme.add(alice, wave, peter).resulting().version());
    for (int i = 0; i < 20; i++) {
      FederationTransport old = acme.server().transports().get(0);
      acme.write(alice, wave, "a");
      acme.server().removeTransport(old);
      acme.write(alice, wave, "b");
      acme.server().addTransport(network.transport("acmewave.example"), Map.of());
      initech.write(peter, wave, "c");
      acme.server().unsetStore(acme.store);
      acme.server().setStore(acme.store);
      acme.write(alice, wave, "d");
    }
    awaitSame(wave, acme, alice, initech, peter);
    assertThat(TestServer.text(acme.read(alice, wave))).hasSize(80);
  }

  @Test
  void limitsShouldBeRefusedByTheirKeyWhenTheyAreTooSmall() {
    assertThatThrownBy(
            () ->
                new Limits(
                    0,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    LIMITS.replyTimeout(),
                    LIMITS.submitTimeout(),
                    LIMITS.absence()))
        .hasMessageContaining("limits.open.wavelets")
        .hasMessageContaining("not 0");
  }
}
