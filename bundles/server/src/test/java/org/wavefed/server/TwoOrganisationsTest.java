// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.server.TestServer.await;
import static org.wavefed.server.TestServer.awaitSame;
import static org.wavefed.server.TestServer.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.federation.Faults;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveletSnapshot;

/** The main job: two organisations share waves and type at the same time. */
class TwoOrganisationsTest {
  private final InProcessNetwork network = new InProcessNetwork(1);
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
  void bothCopiesShouldAgreeWhenUsersOfTwoOrganisationsWrite() {
    WaveletName wave = acme.create(alice);
    acme.write(alice, wave, "Hello");
    long added = acme.add(alice, wave, peter).resulting().version();
    assertThat(text(initech.readFrom(peter, wave, added))).isEqualTo("Hello");
    initech.write(peter, wave, " world");
    assertThat(text(initech.read(peter, wave))).isEqualTo("Hello world");
    acme.write(alice, wave, "!");
    awaitSame(wave, acme, alice, initech, peter);
    assertThat(text(acme.read(alice, wave))).isEqualTo("Hello world!");
  }

  @Test
  void tenWaveletsShouldConvergeWhenSeveralUsersOfBothSidesType() {
    typeInTenWavelets(7, 12);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void waveletsShouldConvergeWhenTheNetworkLosesDelaysAndDoubles(long seed) {
    network.faults(new Faults(0.03, 0.03, 0.1, 15));
    typeInTenWavelets(seed, 5);
  }

  private void typeInTenWavelets(long seed, int rounds) {
    List<WaveletName> waves = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      WaveletName wave = acme.create(alice);
      acme.add(alice, wave, acme.user("bob"));
      acme.add(alice, wave, new ParticipantId("@initech.example"));
      waves.add(wave);
    }
    waves.forEach(wave -> initech.readFrom(peter, wave, 1));
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (WaveletName wave : waves) {
      for (String name : List.of("alice", "bob")) {
        writers.add(typing(acme, acme.user(name), wave, rounds, seed));
      }
      for (String name : List.of("peter", "milton")) {
        writers.add(typing(initech, initech.user(name), wave, rounds, seed));
      }
    }
    writers.forEach(TestServer::await);
    network.faults(Faults.NONE);
    for (WaveletName wave : waves) {
      awaitSame(wave, acme, alice, initech, peter);
      assertThat(text(acme.read(alice, wave))).hasSize(4 * rounds * 2);
    }
  }

  /** Types one round after the other at random places; a silent host is asked again. */
  private static CompletableFuture<Void> typing(
      TestServer server, ParticipantId user, WaveletName wave, int rounds, long seed) {
    Random random = new Random(seed ^ user.hashCode() ^ wave.hashCode());
    return CompletableFuture.runAsync(
        () -> {
          for (int i = 0; i < rounds; i++) {
            WaveletSnapshot now = server.read(user, wave);
            int place = random.nextInt(text(now).length() + 1);
            String typed = "" + (char) ('a' + random.nextInt(26)) + i % 10;
            submitUntilAnswered(server, user, wave, now, place, typed);
          }
        },
        task -> {
          Thread thread = new Thread(task, "typist");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private static void submitUntilAnswered(
      TestServer server,
      ParticipantId user,
      WaveletName wave,
      WaveletSnapshot now,
      int place,
      String typed) {
    while (true) {
      try {
        await(
            server
                .server()
                .submit(user, wave, now.version(), TestServer.inserting(user, now, place, typed)));
        return;
      } catch (WaveException e) {
        if (e.reason() != WaveException.Reason.HOST_SILENT) {
          throw e;
        }
      }
    }
  }
}
