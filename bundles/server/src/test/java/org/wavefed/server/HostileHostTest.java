// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wavefed.server.TestServer.LIMITS;
import static org.wavefed.server.TestServer.await;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Peer;
import org.wavefed.transport.WaveletUpdate;

/** A host with good keys that means ill: what it must not be able to do to this server. */
class HostileHostTest {
  private static final String ACME = "acmewave.example";
  private static final String EVIL = "evil.example";

  /** How many times more than in our own wavelets may be in those of others. */
  private static final int TOLERANCE = 10;

  private final InProcessNetwork network = new InProcessNetwork(3);
  private final TestServer acme = new TestServer(network, ACME);
  private final ParticipantId alice = acme.user("alice");
  private final Peer evil = InProcessNetwork.peer(EVIL, ACME);
  private final ForgedHost host = new ForgedHost(EVIL, "w+bad");

  @BeforeEach
  void serve() {
    network.serve(EVIL, host);
    host.invite(host.author, alice);
  }

  @AfterEach
  void stop() {
    network.close();
    acme.close();
  }

  private void update() {
    await(acme.server().update(evil, host.newest(1)));
  }

  private void updateShouldBeRefused(String words) {
    assertThatThrownBy(this::update)
        .isInstanceOfSatisfying(
            FederationException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.NOT_ACCEPTABLE))
        .hasMessageContaining(words);
  }

  private static ParticipantId[] invented(int count, String format) {
    ParticipantId[] participants = new ParticipantId[count];
    Arrays.setAll(participants, i -> new ParticipantId(format.formatted(i)));
    return participants;
  }

  @Test
  void onlyTheOneWaveletShouldBeSetApartWhenItsHostAddsTooManyParticipants() {
    int most = LIMITS.waveletParticipants() * TOLERANCE;
    host.invite(invented(most - 2, "x%d@" + EVIL));
    await(acme.server().update(evil, host.newest(2)));
    host.invite(new ParticipantId("more@" + EVIL));
    try (LogLines log = new LogLines()) {
      updateShouldBeRefused("it has 121 participants, and the most that this server takes is 120");
      updateShouldBeRefused("it has 121 participants");
      assertThat(log.with("is set apart"))
          .singleElement()
          .asString()
          .contains("raise limits.wavelet.participants");
    }
    assertThat(acme.read(alice, host.wavelet).state().participants()).hasSize(most);
    assertThatThrownBy(() -> acme.remove(alice, host.wavelet, alice))
        .hasMessageContaining("takes no changes here: it has 121 participants");
    ForgedHost another = new ForgedHost(EVIL, "w+good").invite(host.author, alice);
    network.serve(EVIL, another);
    await(acme.server().update(evil, another.newest(1)));
    assertThat(acme.read(alice, another.wavelet).version()).isEqualTo(another.head());
  }

  @Test
  void waveletShouldNotComeIntoBeingWhenItHasTooManyDomains() {
    host.invite(invented(LIMITS.waveletDomains() * TOLERANCE, "x@%d.example"));
    assertThatThrownBy(() -> await(acme.server().update(evil, host.newest(2))))
        .hasMessageContaining("it has 62 domains that take part or did");
    assertThat(await(acme.store.head(host.wavelet))).isEmpty();
  }

  @Test
  void logShouldNotGrowWithEachUpdateWhenAHostSendsBadSignatures() {
    update();
    ForgedHost forger = new ForgedHost("other.example", "w+bad");
    forger.invite(forger.author);
    Bytes delta = forger.newest(1).appliedDeltas().get(0);
    WaveletUpdate bad = new WaveletUpdate(host.wavelet, List.of(delta), Optional.empty());
    try (LogLines log = new LogLines()) {
      for (int i = 0; i < 50; i++) {
        assertThatThrownBy(() -> await(acme.server().update(evil, bad)))
            .isInstanceOf(FederationException.class);
      }
      assertThat(log.with("refused deltas of")).hasSizeBetween(1, 10);
    }
  }

  @Test
  void snapshotShouldBeStoredWhenADomainIsVeryLong() {
    host.invite(new ParticipantId("x@" + "long".repeat(20_000)));
    await(acme.server().update(evil, host.newest(2)));
    for (int i = 0; i < LIMITS.snapshotEvery(); i++) {
      host.write("b+" + i, 1);
      update();
    }
    Awaitility.await()
        .atMost(TestServer.PATIENCE)
        .until(() -> await(acme.store.snapshot(host.wavelet)).isPresent());
    acme.stop();
    acme.startAgain();
    assertThat(acme.read(alice, host.wavelet).version()).isEqualTo(host.head());
  }
}
