// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.wavefed.testkit.store.StoreCase.append;
import static org.wavefed.testkit.store.StoreCase.appendWithCursor;
import static org.wavefed.testkit.store.StoreCase.at;
import static org.wavefed.testkit.store.StoreCase.delta;
import static org.wavefed.testkit.store.StoreCase.failure;
import static org.wavefed.testkit.store.StoreCase.get;
import static org.wavefed.testkit.store.StoreCase.wavelet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.Append;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;
import org.wavefed.store.StoredDelta;
import org.wavefed.store.StoredSnapshot;

/** What every {@link DeltaStore} must do. Each test begins with an empty store. */
public interface DeltaStoreContract {
  /** The store under test, open and, at the beginning of a test, empty. */
  DeltaStore store();

  /** Closes {@link #store()}. */
  void close();

  @Test
  default void headShouldBeEmptyWhenThereIsNoSuchWavelet() {
    assertThat(get(store().head(wavelet("none")))).isEmpty();
  }

  @Test
  default void headShouldFollowAppends() {
    WaveletName wavelet = wavelet("a");
    get(store().append(append(wavelet, 0)));
    get(store().append(append(wavelet, 1, 3, 10)));
    assertThat(get(store().head(wavelet))).contains(at(wavelet, 4));
  }

  @Test
  default void appendShouldConflictWhenVersionIsBehindHead() {
    WaveletName wavelet = wavelet("a");
    get(store().append(append(wavelet, 0, 2, 10)));
    failure(store().append(append(wavelet, 0)), Reason.CONFLICT);
    failure(store().append(append(wavelet, 1)), Reason.CONFLICT);
    assertThat(get(store().head(wavelet))).contains(at(wavelet, 2));
  }

  @Test
  default void appendShouldConflictWhenVersionIsAheadOfHead() {
    WaveletName wavelet = wavelet("a");
    failure(store().append(append(wavelet, 1)), Reason.CONFLICT);
    get(store().append(append(wavelet, 0)));
    failure(store().append(append(wavelet, 2)), Reason.CONFLICT);
    assertThat(get(store().read(wavelet, 0, Long.MAX_VALUE, Long.MAX_VALUE))).hasSize(1);
  }

  @Test
  default void appendShouldConflictWhenHashDiffersAtTheSameVersion() {
    WaveletName wavelet = wavelet("a");
    get(store().append(append(wavelet, 0)));
    HashedVersion forked = new HashedVersion(1, Bytes.copyOf(new byte[20]));
    StoredDelta delta = new StoredDelta(forked, at(wavelet, 2), Bytes.EMPTY, Optional.empty());
    failure(
        store().append(new Append(wavelet, forked, List.of(delta), List.of())), Reason.CONFLICT);
  }

  @Test
  default void appendShouldLeaveNothingWhenItConflicts() {
    WaveletName wavelet = wavelet("a");
    get(store().append(append(wavelet, 0)));
    DeliveryCursor cursor = new DeliveryCursor("initech.example", wavelet, 0);
    failure(store().append(appendWithCursor(wavelet, 7, cursor)), Reason.CONFLICT);
    assertThat(get(store().cursors(Optional.empty(), 10))).isEmpty();
    assertThat(get(store().endingAt(wavelet, 8))).isEmpty();
  }

  @Test
  default void appendsShouldNotDisturbEachOtherWhenOneConflicts() {
    List<CompletionStage<Void>> good = new ArrayList<>();
    List<CompletionStage<Void>> bad = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      good.add(store().append(append(wavelet("good" + i), 0)));
      bad.add(store().append(append(wavelet("bad" + i), 5)));
    }
    good.forEach(StoreCase::get);
    bad.forEach(stage -> failure(stage, Reason.CONFLICT));
    assertThat(get(store().wavelets(Optional.empty(), 1000)))
        .hasSize(50)
        .allMatch(w -> w.toUri().contains("w+good"));
  }

  @Test
  default void appendsShouldFollowEachOtherWhenSentWithoutWaiting() {
    WaveletName wavelet = wavelet("a");
    List<CompletionStage<Void>> appends =
        IntStream.range(0, 200).mapToObj(i -> store().append(append(wavelet, i))).toList();
    appends.forEach(StoreCase::get);
    assertThat(get(store().head(wavelet))).contains(at(wavelet, 200));
  }

  @Test
  default void exactlyOneAppendShouldWinWhenManyRaceForOneVersion() {
    WaveletName wavelet = wavelet("a");
    List<CompletionStage<Void>> racers =
        IntStream.range(0, 64).mapToObj(i -> store().append(append(wavelet, 0))).toList();
    long winners =
        racers.stream()
            .filter(stage -> get(stage.handle((nothing, failure) -> failure == null)))
            .count();
    assertThat(winners).isEqualTo(1);
  }

  @Test
  default void bytesShouldComeBackExactlyAsGiven() {
    WaveletName wavelet = wavelet("a");
    byte[] all = new byte[70_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    List<StoredDelta> given =
        List.of(
            new StoredDelta(at(wavelet, 0), at(wavelet, 2), Bytes.copyOf(all), Optional.empty()),
            new StoredDelta(
                at(wavelet, 2), at(wavelet, 3), Bytes.EMPTY, Optional.of(Bytes.copyOf(all))),
            new StoredDelta(at(wavelet, 3), at(wavelet, 9), Bytes.EMPTY, Optional.of(Bytes.EMPTY)));
    get(store().append(new Append(wavelet, at(wavelet, 0), given, List.of())));
    assertThat(get(store().read(wavelet, 0, Long.MAX_VALUE, Long.MAX_VALUE))).isEqualTo(given);
  }

  @Test
  default void readShouldBeEmptyWhenThereIsNothingFurther() {
    WaveletName wavelet = wavelet("a");
    assertThat(get(store().read(wavelet, 0, Long.MAX_VALUE, 1))).isEmpty();
    get(store().append(append(wavelet, 0, 2, 10)));
    assertThat(get(store().read(wavelet, 2, Long.MAX_VALUE, 1))).isEmpty();
    assertThat(get(store().read(wavelet("b"), 2, Long.MAX_VALUE, 1))).isEmpty();
  }

  @Test
  default void readShouldFailWhenFromIsNoBoundary() {
    WaveletName wavelet = wavelet("a");
    StoredDelta delta = delta(wavelet, 0, 5, 10);
    get(store().append(new Append(wavelet, at(wavelet, 0), List.of(delta), List.of())));
    failure(store().read(wavelet, 3, Long.MAX_VALUE, 1), Reason.NOT_FOUND);
    failure(store().read(wavelet, 6, Long.MAX_VALUE, 1), Reason.NOT_FOUND);
  }

  @Test
  default void readShouldStopAtTheUpperBound() {
    WaveletName wavelet = wavelet("a");
    List<StoredDelta> deltas =
        List.of(delta(wavelet, 0, 2, 10), delta(wavelet, 2, 5, 10), delta(wavelet, 5, 6, 10));
    get(store().append(new Append(wavelet, at(wavelet, 0), deltas, List.of())));
    assertThat(get(store().read(wavelet, 0, 1, 1000))).isEmpty();
    assertThat(get(store().read(wavelet, 0, 4, 1000))).isEqualTo(deltas.subList(0, 1));
    assertThat(get(store().read(wavelet, 0, 5, 1000))).isEqualTo(deltas.subList(0, 2));
    assertThat(get(store().read(wavelet, 2, 6, 1000))).isEqualTo(deltas.subList(1, 3));
  }

  @Test
  default void readShouldStopAtMaxBytesButGiveOneDeltaAtLeast() {
    WaveletName wavelet = wavelet("a");
    get(store().append(append(wavelet, 0, 10, 100)));
    assertThat(get(store().read(wavelet, 0, Long.MAX_VALUE, 1))).hasSize(1);
    assertThat(get(store().read(wavelet, 0, Long.MAX_VALUE, 350))).hasSizeBetween(3, 4);
    assertThat(get(store().read(wavelet, 4, Long.MAX_VALUE, 1 << 20))).hasSize(6);
  }

  @Test
  default void readShouldKeepToItsWaveletWhenNamesAreAlike() {
    WaveletName shorter = wavelet("a");
    WaveletName longer = wavelet("ab");
    get(store().append(append(shorter, 0, 3, 10)));
    get(store().append(append(longer, 0, 4, 10)));
    get(store().append(append(wavelet("Z"), 0, 5, 10)));
    assertThat(get(store().read(shorter, 0, Long.MAX_VALUE, 1 << 20))).hasSize(3);
    assertThat(get(store().read(longer, 0, Long.MAX_VALUE, 1 << 20))).hasSize(4);
    assertThat(get(store().endingAt(shorter, 4))).isEmpty();
  }

  @Test
  default void readShouldKeepOrderWhenVersionsPassPowersOfTwo() {
    WaveletName wavelet = wavelet("a");
    long[] ends = {255, 256, 65_536, 1L << 31, 1L << 32, Long.MAX_VALUE - 1};
    List<StoredDelta> deltas = new ArrayList<>();
    long from = 0;
    for (long end : ends) {
      deltas.add(delta(wavelet, from, end, 10));
      from = end;
    }
    get(store().append(new Append(wavelet, at(wavelet, 0), deltas, List.of())));
    assertThat(get(store().read(wavelet, 0, Long.MAX_VALUE, 1000))).isEqualTo(deltas);
    assertThat(get(store().read(wavelet, 256, 1L << 32, 1000))).isEqualTo(deltas.subList(2, 5));
  }

  @Test
  default void endingAtShouldFindBoundariesOnly() {
    WaveletName wavelet = wavelet("a");
    List<StoredDelta> deltas = List.of(delta(wavelet, 0, 2, 10), delta(wavelet, 2, 5, 10));
    get(store().append(new Append(wavelet, at(wavelet, 0), deltas, List.of())));
    assertThat(get(store().endingAt(wavelet, 2))).contains(deltas.get(0));
    assertThat(get(store().endingAt(wavelet, 5))).contains(deltas.get(1));
    for (long version : new long[] {0, 1, 3, 4, 6}) {
      assertThat(get(store().endingAt(wavelet, version))).as("version " + version).isEmpty();
    }
  }

  @Test
  default void waveletsShouldBeListedInOrderOfUriAndByPages() {
    List<WaveletName> expected =
        Stream.of("b", "a", "ab", "B", "a-", "a.")
            .map(StoreCase::wavelet)
            .sorted(Comparator.comparing(WaveletName::toUri))
            .toList();
    expected.forEach(wavelet -> get(store().append(append(wavelet, 0, 3, 10))));
    assertThat(get(store().wavelets(Optional.empty(), 100))).isEqualTo(expected);
    assertThat(get(store().wavelets(Optional.empty(), 2))).isEqualTo(expected.subList(0, 2));
    assertThat(get(store().wavelets(Optional.of(expected.get(1)), 3)))
        .isEqualTo(expected.subList(2, 5));
    assertThat(get(store().wavelets(Optional.of(expected.get(5)), 3))).isEmpty();
  }

  @Test
  default void waveletsShouldGoOnWhereOneIsMissing() {
    get(store().append(append(wavelet("a"), 0)));
    get(store().append(append(wavelet("c"), 0)));
    assertThat(get(store().wavelets(Optional.of(wavelet("b")), 3))).containsExactly(wavelet("c"));
  }

  @Test
  default void snapshotShouldBeTheLastOneGiven() {
    WaveletName wavelet = wavelet("a");
    assertThat(get(store().snapshot(wavelet))).isEmpty();
    get(store().putSnapshot(wavelet, new StoredSnapshot(at(wavelet, 3), Bytes.EMPTY)));
    StoredSnapshot newer = new StoredSnapshot(at(wavelet, 7), Bytes.copyOf(new byte[] {1, 0, -1}));
    get(store().putSnapshot(wavelet, newer));
    assertThat(get(store().snapshot(wavelet))).contains(newer);
    assertThat(get(store().snapshot(wavelet("ab")))).isEmpty();
    assertThat(get(store().wavelets(Optional.empty(), 10))).isEmpty();
  }

  @Test
  default void signersShouldBeKeptByIdAndListedByPages() {
    Bytes first = Bytes.EMPTY;
    Bytes second = Bytes.copyOf(new byte[] {0});
    Bytes third = Bytes.copyOf(new byte[] {0, 0});
    Bytes fourth = Bytes.copyOf(new byte[] {-1, 127});
    List<Bytes> ids = List.of(first, second, third, fourth);
    assertThat(get(store().signers(Optional.empty(), 10))).isEmpty();
    for (Bytes id : ids) {
      assertThat(get(store().signer(id))).isEmpty();
      get(store().putSigner(id, Bytes.copyOf(("info " + id).getBytes(StandardCharsets.UTF_8))));
    }
    assertThat(get(store().signer(third)).orElseThrow().size()).isEqualTo("info AAA=".length());
    assertThat(get(store().signers(Optional.empty(), 10))).isEqualTo(ids);
    assertThat(get(store().signers(Optional.empty(), 1))).containsExactly(first);
    assertThat(get(store().signers(Optional.of(second), 1))).containsExactly(third);
    assertThat(get(store().signers(Optional.of(fourth), 1))).isEmpty();
  }

  @Test
  default void signerShouldBeReplacedWhenPutAgain() {
    Bytes id = Bytes.copyOf(new byte[] {7});
    get(store().putSigner(id, Bytes.copyOf(new byte[] {1})));
    get(store().putSigner(id, Bytes.EMPTY));
    assertThat(get(store().signer(id))).contains(Bytes.EMPTY);
  }

  @Test
  default void cursorShouldStartWithAnAppendAndStayWhenStartedAgain() {
    WaveletName wavelet = wavelet("a");
    DeliveryCursor cursor = new DeliveryCursor("initech.example", wavelet, 0);
    get(store().append(appendWithCursor(wavelet, 0, cursor)));
    assertThat(get(store().cursors(Optional.empty(), 10))).containsExactly(cursor);
    get(
        store()
            .append(
                appendWithCursor(wavelet, 1, new DeliveryCursor("initech.example", wavelet, 1))));
    assertThat(get(store().cursors(Optional.empty(), 10))).containsExactly(cursor);
  }

  @Test
  default void cursorShouldMoveForwardOnly() {
    WaveletName wavelet = wavelet("a");
    get(
        store()
            .append(
                appendWithCursor(wavelet, 0, new DeliveryCursor("initech.example", wavelet, 2))));
    get(store().moveCursor(new DeliveryCursor("initech.example", wavelet, 1)));
    assertThat(get(store().cursors(Optional.empty(), 10)).get(0).version()).isEqualTo(2);
    get(store().moveCursor(new DeliveryCursor("initech.example", wavelet, 300)));
    assertThat(get(store().cursors(Optional.empty(), 10)).get(0).version()).isEqualTo(300);
  }

  @Test
  default void cursorShouldNotAppearWhenMovedWithoutAStart() {
    get(store().moveCursor(new DeliveryCursor("initech.example", wavelet("a"), 1)));
    get(store().removeCursor(new DeliveryCursor("initech.example", wavelet("a"), 1)));
    assertThat(get(store().cursors(Optional.empty(), 10))).isEmpty();
  }

  @Test
  default void cursorShouldStartOnceWhenStartedByItself() {
    DeliveryCursor start = new DeliveryCursor("initech.example", wavelet("a"), 3);
    get(store().startCursor(start));
    get(store().startCursor(new DeliveryCursor("initech.example", wavelet("a"), 1)));
    assertThat(get(store().cursors(Optional.empty(), 10))).containsExactly(start);
    get(store().moveCursor(new DeliveryCursor("initech.example", wavelet("a"), 4)));
    get(store().startCursor(new DeliveryCursor("initech.example", wavelet("a"), 9)));
    assertThat(get(store().cursors(Optional.empty(), 10)).get(0).version()).isEqualTo(4);
  }

  @Test
  default void cursorShouldBeRemovedOnlyWhenItHasReachedTheVersion() {
    WaveletName wavelet = wavelet("a");
    get(
        store()
            .append(
                appendWithCursor(wavelet, 0, new DeliveryCursor("initech.example", wavelet, 2))));
    get(store().removeCursor(new DeliveryCursor("initech.example", wavelet, 3)));
    assertThat(get(store().cursors(Optional.empty(), 10))).hasSize(1);
    get(store().removeCursor(new DeliveryCursor("initech.example", wavelet, 2)));
    assertThat(get(store().cursors(Optional.empty(), 10))).isEmpty();
  }

  @Test
  default void cursorsShouldSeeEachOtherWhenSentWithoutWaiting() {
    WaveletName wavelet = wavelet("a");
    DeliveryCursor start = new DeliveryCursor("initech.example", wavelet, 0);
    List<CompletionStage<Void>> all =
        List.of(
            store().append(appendWithCursor(wavelet, 0, start)),
            store().moveCursor(new DeliveryCursor("initech.example", wavelet, 1)),
            store().removeCursor(new DeliveryCursor("initech.example", wavelet, 1)),
            store().append(appendWithCursor(wavelet, 1, start)),
            store().moveCursor(new DeliveryCursor("initech.example", wavelet, 2)));
    all.forEach(StoreCase::get);
    assertThat(get(store().cursors(Optional.empty(), 10)))
        .containsExactly(new DeliveryCursor("initech.example", wavelet, 2));
  }

  @Test
  default void cursorsShouldBeListedByPeerThenWaveletAndByPages() {
    List<DeliveryCursor> expected =
        Stream.of("a.example", "a.example.example", "b.example")
            .flatMap(
                peer -> Stream.of("a", "ab", "b").map(w -> new DeliveryCursor(peer, wavelet(w), 5)))
            .toList();
    for (String name : List.of("b", "ab", "a")) {
      List<DeliveryCursor> of =
          expected.stream().filter(c -> c.wavelet().equals(wavelet(name))).toList();
      get(
          store()
              .append(
                  new Append(
                      wavelet(name),
                      at(wavelet(name), 0),
                      List.of(delta(wavelet(name), 0, 1, 10)),
                      of)));
    }
    assertThat(get(store().cursors(Optional.empty(), 100))).isEqualTo(expected);
    assertThat(get(store().cursors(Optional.empty(), 4))).isEqualTo(expected.subList(0, 4));
    assertThat(get(store().cursors(Optional.of(expected.get(3)), 2)))
        .isEqualTo(expected.subList(4, 6));
    assertThat(get(store().cursors(Optional.of(expected.get(8)), 2))).isEmpty();
  }

  @Test
  default void failureShouldReachTheFirstCallbackAsItIs() {
    Throwable failure =
        get(store().append(append(wavelet("a"), 5)).handle((nothing, thrown) -> thrown));
    assertThat(failure).isInstanceOf(StoreException.class);
  }

  @Test
  default void argumentsOutOfRangeShouldBeRefusedAtOnce() {
    DeltaStore store = store();
    assertThatIllegalArgumentException().isThrownBy(() -> store.read(wavelet("a"), -1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> store.read(wavelet("a"), 0, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> store.wavelets(Optional.empty(), 0));
    assertThatIllegalArgumentException().isThrownBy(() -> store.cursors(Optional.empty(), 0));
    assertThatIllegalArgumentException().isThrownBy(() -> store.signers(Optional.empty(), 0));
  }

  @Test
  default void everyCallShouldFailWhenClosed() {
    WaveletName wavelet = wavelet("a");
    DeltaStore store = store();
    get(store.append(append(wavelet, 0)));
    close();
    StoredSnapshot snapshot = new StoredSnapshot(at(wavelet, 1), Bytes.EMPTY);
    DeliveryCursor cursor = new DeliveryCursor("initech.example", wavelet, 1);
    Stream.of(
            store.append(append(wavelet, 1)),
            store.head(wavelet),
            store.read(wavelet, 0, 1, 1),
            store.endingAt(wavelet, 1),
            store.wavelets(Optional.empty(), 1),
            store.putSnapshot(wavelet, snapshot),
            store.snapshot(wavelet),
            store.putSigner(Bytes.EMPTY, Bytes.EMPTY),
            store.signer(Bytes.EMPTY),
            store.signers(Optional.empty(), 1),
            store.startCursor(cursor),
            store.moveCursor(cursor),
            store.removeCursor(cursor),
            store.cursors(Optional.empty(), 1))
        .forEach(stage -> failure(stage, Reason.UNAVAILABLE));
  }

  @Test
  default void closeShouldWaitForWhatIsInHand() {
    List<CompletionStage<Void>> appends =
        IntStream.range(0, 100).mapToObj(i -> store().append(append(wavelet("w" + i), 0))).toList();
    close();
    assertThat(appends).allMatch(stage -> stage.toCompletableFuture().isDone());
    appends.forEach(StoreCase::get);
  }

  @Test
  default void closeShouldDoNothingWhenClosedAlready() {
    close();
    close();
  }

  @Test
  default void watchShouldCloseTwiceWithoutHarm() throws Exception {
    AutoCloseable feed = store().watchForeignAppends(wavelet -> {});
    feed.close();
    feed.close();
    assertThat(store().description()).isNotBlank().doesNotContain("\n");
  }
}
