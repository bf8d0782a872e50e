// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.testkit.store.StoreCase.append;
import static org.wavefed.testkit.store.StoreCase.at;
import static org.wavefed.testkit.store.StoreCase.failure;
import static org.wavefed.testkit.store.StoreCase.get;
import static org.wavefed.testkit.store.StoreCase.wavelet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.Append;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.StoreException.Reason;
import org.wavefed.store.StoredDelta;
import org.wavefed.store.StoredSnapshot;

/** How much work the store does for what it is asked: counted, never timed. */
class WorkTest {
  @BeforeEach
  void loadLibrary() {
    NativeLibrary.acquire();
  }

  @AfterEach
  void releaseLibrary() {
    NativeLibrary.release();
  }

  @TempDir private Path temp;

  @Test
  void writesShouldShareOneSyncWhenTheyWaitTogether() {
    try (Statistics counts = new Statistics();
        Database database = Database.open(temp, 8, Optional.of(counts))) {
      Committer committer = new Committer(database, 1000);
      CountDownLatch disk = new CountDownLatch(1);
      CompletionStage<Void> first = block(committer, disk);
      List<CompletionStage<Void>> others =
          IntStream.range(0, 500)
              .mapToObj(i -> submit(committer, database, append(wavelet("w" + i), 0)))
              .toList();
      long before = counts.getTickerCount(TickerType.WAL_FILE_SYNCED);
      disk.countDown();
      get(first);
      others.forEach(stage -> get(stage));
      assertThat(counts.getTickerCount(TickerType.WAL_FILE_SYNCED) - before).isEqualTo(1);
      assertThat(committer.close(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void movedCursorsAndSnapshotsShouldNotSync() {
    try (Statistics counts = new Statistics();
        RocksDbDeltaStore store = new RocksDbDeltaStore(temp, 8, 100, Optional.of(counts))) {
      WaveletName wavelet = wavelet("a");
      get(store.append(append(wavelet, 0)));
      long before = counts.getTickerCount(TickerType.WAL_FILE_SYNCED);
      get(store.putSnapshot(wavelet, new StoredSnapshot(at(wavelet, 1), Bytes.EMPTY)));
      get(store.moveCursor(new DeliveryCursor("initech.example", wavelet, 1)));
      assertThat(counts.getTickerCount(TickerType.WAL_FILE_SYNCED)).isEqualTo(before);
    }
  }

  @Test
  void writeShouldBeRefusedWhenTheQueueIsFullAndTakenWhenItIsNot() {
    try (Database database = Database.open(temp, 8, Optional.empty())) {
      Committer committer = new Committer(database, 3);
      CountDownLatch disk = new CountDownLatch(1);
      CompletionStage<Void> first = block(committer, disk);
      WaveletName wavelet = wavelet("a");
      CompletionStage<Void> second = submit(committer, database, append(wavelet, 0));
      CompletionStage<Void> third = submit(committer, database, append(wavelet, 1));
      CompletionStage<Void> refused = submit(committer, database, append(wavelet, 2));
      assertThat(failure(refused, Reason.UNAVAILABLE)).hasMessageContaining("overloaded");
      disk.countDown();
      List.of(first, second, third).forEach(stage -> get(stage));
      assertThat(committer.close(Duration.ofSeconds(10))).isTrue();
      assertThat(failure(submit(committer, database, append(wavelet, 2)), Reason.UNAVAILABLE))
          .hasMessageContaining("closed");
    }
  }

  @Test
  void closeShouldBeBoundedAndSaySoWhenTheDiskDoesNotAnswer() {
    Database database = Database.open(temp, 8, Optional.empty());
    Committer committer = new Committer(database, 3);
    CountDownLatch disk = new CountDownLatch(1);
    CompletionStage<Void> stuck = block(committer, disk);
    assertThat(committer.close(Duration.ofMillis(10))).isFalse();
    disk.countDown();
    get(stuck);
    assertThat(committer.close(Duration.ofSeconds(10))).isTrue();
    database.close();
  }

  @Test
  void writesShouldGoOnWhenSomebodyBlocksInAnAnswer() {
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(temp)) {
      WaveletName wavelet = wavelet("a");
      CountDownLatch hold = new CountDownLatch(1);
      int written = blockAnAnswer(store, wavelet, hold);
      CompletionStage<Void> next = store.append(append(wavelet, written));
      awaitHead(store, wavelet, written + 1);
      hold.countDown();
      get(next);
    }
  }

  /** An answer that is there before its taker runs on the taker's thread: some may be needed. */
  private static int blockAnAnswer(
      RocksDbDeltaStore store, WaveletName wavelet, CountDownLatch hold) {
    Thread taker = Thread.currentThread();
    CountDownLatch blocked = new CountDownLatch(1);
    int written = 0;
    while (blocked.getCount() > 0 && written < 1000) {
      store
          .append(append(wavelet, written++))
          .thenRun(
              () -> {
                if (Thread.currentThread() != taker) {
                  blocked.countDown();
                  await(hold);
                }
              });
    }
    await(blocked);
    return written;
  }

  private static void awaitHead(RocksDbDeltaStore store, WaveletName wavelet, long version) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (get(store.head(wavelet)).filter(at(wavelet, version)::equals).isEmpty()) {
      assertThat(System.nanoTime()).as("append written").isLessThan(deadline);
    }
  }

  @Test
  void longWaveletShouldOpenFromItsSnapshotWithoutReadingItAll() {
    WaveletName wavelet = wavelet("long");
    int length = 100_000;
    int step = 1000;
    try (Statistics counts = new Statistics();
        RocksDbDeltaStore store = new RocksDbDeltaStore(temp, 8, 100, Optional.of(counts))) {
      for (int from = 0; from < length; from += step) {
        get(store.append(append(wavelet, from, step, 100)));
      }
      StoredSnapshot snapshot = new StoredSnapshot(at(wavelet, length - 50), Bytes.EMPTY);
      get(store.putSnapshot(wavelet, snapshot));
      long before = rowsRead(counts);
      assertThat(get(store.head(wavelet))).contains(at(wavelet, length));
      StoredSnapshot found = get(store.snapshot(wavelet)).orElseThrow();
      List<StoredDelta> tail =
          get(store.read(wavelet, found.version().version(), Long.MAX_VALUE, Long.MAX_VALUE));
      assertThat(tail).hasSize(50);
      assertThat(get(store.endingAt(wavelet, 77_777))).isPresent();
      assertThat(get(store.wavelets(Optional.empty(), 10))).containsExactly(wavelet);
      assertThat(rowsRead(counts) - before).isLessThan(60);
    }
  }

  private static long rowsRead(Statistics counts) {
    return counts.getTickerCount(TickerType.NUMBER_DB_NEXT)
        + counts.getTickerCount(TickerType.NUMBER_DB_SEEK)
        + counts.getTickerCount(TickerType.NUMBER_KEYS_READ);
  }

  /** A write that takes until the latch opens: the disk, as far as the committer can see. */
  private static CompletionStage<Void> block(Committer committer, CountDownLatch latch) {
    CountDownLatch reached = new CountDownLatch(1);
    CompletableFuture<Void> answer = new CompletableFuture<>();
    Write.Change change =
        batch -> {
          reached.countDown();
          await(latch);
        };
    committer.submit(new Write("a slow write", 1, true, change, answer));
    await(reached);
    return answer;
  }

  private static CompletionStage<Void> submit(
      Committer committer, Database database, Append append) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    committer.submit(new Write("append", 100, true, new AppendChange(database, append), answer));
    return answer;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
