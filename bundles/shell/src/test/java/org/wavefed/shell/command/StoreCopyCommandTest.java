// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wavefed.testkit.store.StoreCase.append;
import static org.wavefed.testkit.store.StoreCase.appendWithCursor;
import static org.wavefed.testkit.store.StoreCase.at;
import static org.wavefed.testkit.store.StoreCase.get;
import static org.wavefed.testkit.store.StoreCase.wavelet;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.shell.FakeServices;
import org.wavefed.shell.Output;
import org.wavefed.shell.Refusal;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoredSnapshot;
import org.wavefed.store.memory.MemoryDeltaStore;

class StoreCopyCommandTest {
  private static final long ROOM = 64L << 20;
  private static final DeliveryCursor CURSOR =
      new DeliveryCursor("initech.example", wavelet("a"), 3);

  private final MemoryDeltaStore source = new MemoryDeltaStore(ROOM);
  private final MemoryDeltaStore target = new MemoryDeltaStore(ROOM);

  @AfterEach
  void close() {
    source.close();
    target.close();
  }

  @Test
  void everythingShouldBeInTheTargetWhenItWasEmpty() throws Exception {
    fill();

    String said = run();

    assertThat(said)
        .contains("copied 1,004 new deltas")
        .contains("in 101 wavelets, 1 signers, 1 cursors")
        .contains("Every wavelet ends at the same version and hash in both.");
    assertSame(source, target);
    assertThat(get(target.signer(bytes("id")))).contains(bytes("info"));
    assertThat(get(target.cursors(Optional.empty(), 10))).containsExactly(CURSOR);
    assertThat(get(target.snapshot(wavelet("a")))).contains(snapshot());
  }

  @Test
  void copyShouldBringOnlyWhatIsNewWhenRunAgain() throws Exception {
    fill();
    run();
    assertThat(run()).contains("copied 0 new deltas");

    get(source.append(append(wavelet("a"), 4, 2, 10)));
    get(source.moveCursor(new DeliveryCursor("initech.example", wavelet("a"), 5)));
    assertThat(run()).contains("copied 2 new deltas");

    assertSame(source, target);
    assertThat(get(target.cursors(Optional.empty(), 10)).get(0).version()).isEqualTo(5);
  }

  @Test
  void copyShouldBeRefusedWhenTheTargetHoldsAnotherWavelet() {
    fill();
    get(target.append(append(wavelet("other"), 0)));

    assertThatThrownBy(this::run)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("holds other data")
        .hasMessageContaining("w+other");
    assertThat(get(target.signer(bytes("id")))).isEmpty();
    assertThat(get(target.head(wavelet("a")))).isEmpty();
  }

  @Test
  void copyShouldBeRefusedWhenTheTargetIsAhead() {
    fill();
    get(target.append(append(wavelet("a"), 0, 9, 100)));

    assertThatThrownBy(this::run).hasMessageContaining("holds other data");
    assertThat(get(target.head(wavelet("a")))).contains(at(wavelet("a"), 9));
  }

  @Test
  void fullTargetShouldEndTheCopyWithItsReason() {
    fill();
    try (MemoryDeltaStore small = new MemoryDeltaStore(2_000)) {
      assertThatThrownBy(() -> run(services(small))).hasMessageContaining("mebibytes.max");
    }
  }

  @Test
  void missingStoreShouldBeNamedWithThoseThatAreThere() {
    FakeServices services = new FakeServices().with(source, Map.of("store.kind", "rocksdb"));
    assertThatThrownBy(() -> run(services))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no store memory is running; there is rocksdb");
  }

  private void fill() {
    get(source.append(appendWithCursor(wavelet("a"), 0, CURSOR)));
    get(source.append(append(wavelet("a"), 1, 3, 300_000)));
    for (int i = 0; i < 100; i++) {
      get(source.append(append(wavelet("b" + i), 0, 10, 20)));
    }
    get(source.putSnapshot(wavelet("a"), snapshot()));
    get(source.putSigner(bytes("id"), bytes("info")));
  }

  private static Bytes bytes(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  private static StoredSnapshot snapshot() {
    return new StoredSnapshot(at(wavelet("a"), 4), bytes("state"));
  }

  private static void assertSame(DeltaStore one, DeltaStore other) {
    for (var name : get(one.wavelets(Optional.empty(), 1_000))) {
      assertThat(get(other.read(name, 0, Long.MAX_VALUE, ROOM)))
          .isEqualTo(get(one.read(name, 0, Long.MAX_VALUE, ROOM)));
    }
    assertThat(get(other.wavelets(Optional.empty(), 1_000)))
        .isEqualTo(get(one.wavelets(Optional.empty(), 1_000)));
  }

  private String run() throws InterruptedException {
    return run(services(target));
  }

  private FakeServices services(DeltaStore to) {
    return new FakeServices()
        .with(source, Map.of("store.kind", "rocksdb"))
        .with(to, Map.of("store.kind", "memory"));
  }

  private static String run(FakeServices services) throws InterruptedException {
    Output output = new Output();
    StoreCopyCommand command = new StoreCopyCommand();
    command.out = output.stream();
    command.notes = output.stream();
    command.from = "rocksdb";
    command.to = "memory";
    command.run(services);
    return output.text();
  }
}
