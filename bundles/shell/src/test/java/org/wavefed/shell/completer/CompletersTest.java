// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.shell.Acting;
import org.wavefed.shell.FakeServices;
import org.wavefed.shell.FakeSession;
import org.wavefed.shell.FakeWaves;
import org.wavefed.store.memory.MemoryDeltaStore;
import org.wavefed.wave.WaveletSnapshot;

class CompletersTest {
  private static final ParticipantId ALICE = ParticipantId.of("alice@acmewave.example");
  private static final ParticipantId BOB = ParticipantId.of("bob@initech.example");
  private final FakeWaves waves = new FakeWaves();
  private final Session session = FakeSession.headless(Path.of("."));

  @BeforeEach
  void oneWaveOfAliceAndBob() {
    WaveletName name = get(waves.create(ALICE));
    WaveletSnapshot snapshot = get(waves.read(ALICE, name));
    get(waves.submit(ALICE, name, snapshot.version(), List.of(new AddParticipant(BOB))));
    Acting.setSessionUser(session, ALICE.address());
  }

  @Test
  void wavesShouldBeOfferedWithTheirTitles() throws Exception {
    assertThat(ask(new WaveCompleter(), "wave:show", ""))
        .containsExactly(Map.entry("w+abc", "Title"));
  }

  @Test
  void wavesShouldBeThoseOfTheUserInTheOption() throws Exception {
    assertThat(ask(new WaveCompleter(), "wave:show", "--as", "carol@acmewave.example", ""))
        .isEmpty();
  }

  @Test
  void usersShouldBeOursAndParticipantsEverybody() throws Exception {
    assertThat(ask(new UserCompleter(), "wave:as", "")).containsOnlyKeys(ALICE.address());
    assertThat(ask(new ParticipantCompleter(), "wave:create", ""))
        .containsOnlyKeys(ALICE.address(), BOB.address(), "@acmewave.example");
    assertThat(ask(new MemberCompleter(), "wave:remove", "w+abc", ""))
        .containsOnlyKeys(ALICE.address(), BOB.address());
  }

  @Test
  void newcomersShouldBeThoseWhoAreNotInTheWaveYet() throws Exception {
    assertThat(ask(new NewcomerCompleter(), "wave:add", "w+abc", ""))
        .containsOnlyKeys("@acmewave.example");
  }

  @Test
  void storesShouldBeThoseThatWereNotTypedBefore() throws Exception {
    FakeServices stores =
        new FakeServices()
            .with(new MemoryDeltaStore(1_000), Map.of("store.kind", "memory"))
            .with(new MemoryDeltaStore(1_000), Map.of("store.kind", "rocksdb"));
    assertThat(
            new StoreCompleter()
                .answer(
                    new Suggestions.Question(
                        stores, session, List.of("wave:store-copy", "rocksdb", ""))))
        .containsOnlyKeys("memory");
  }

  @Test
  void domainsShouldBeThoseOfOthers() throws Exception {
    assertThat(ask(new DomainCompleter(), "wave:ping", "")).containsOnlyKeys("initech.example");
    assertThat(ask(new LocalDomainCompleter(), "wave:keys", "create", ""))
        .containsOnlyKeys("acmewave.example");
  }

  @Test
  void blipsShouldBeThoseOfTheWaveTypedOrUsedLast() throws Exception {
    assertThat(ask(new BlipCompleter(), "wave:write", "--blip", "")).isEmpty();
    assertThat(ask(new BlipCompleter(), "wave:write", "--blip", "", "w+abc"))
        .containsOnlyKeys("b+first");
    Acting.used(session, WaveletName.parse("acmewave.example/w+abc"));
    assertThat(ask(new BlipCompleter(), "wave:write", "--blip", "")).containsOnlyKeys("b+first");
  }

  @Test
  void nothingShouldBeOfferedWhenTheServerIsNotThere() throws Exception {
    Suggestions.Question question =
        new Suggestions.Question(new FakeServices(), session, List.of("wave:show", ""));
    assertThat(new WaveCompleter().answer(question)).isEmpty();
    assertThat(new DomainCompleter().answer(question)).isEmpty();
    assertThat(new BlipCompleter().answer(question)).isEmpty();
  }

  private Map<String, String> ask(Suggestions completer, String... words) throws Exception {
    return completer.answer(
        new Suggestions.Question(new FakeServices().with(waves), session, List.of(words)));
  }

  private static <T> T get(java.util.concurrent.CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    return future.join();
  }
}
