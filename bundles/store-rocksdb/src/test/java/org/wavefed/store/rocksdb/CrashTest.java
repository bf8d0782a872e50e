// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.wavefed.testkit.store.StoreCase.append;
import static org.wavefed.testkit.store.StoreCase.at;
import static org.wavefed.testkit.store.StoreCase.get;
import static org.wavefed.testkit.store.StoreCase.wavelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;
import org.wavefed.store.StoredDelta;

/**
 * What a crash leaves of the write-ahead log, cut at each byte, and what must not be taken for it.
 * The log has small records, then one that spans three blocks, then small ones again.
 */
class CrashTest {
  private static final WaveletName WAVELET = wavelet("a");
  private static final int SMALL = 20;
  private static final int LARGE = 80_000;
  private static final int APPENDS = 9;
  private static final int LARGE_APPEND = 5;

  @TempDir private Path temp;
  private Path crashed;
  private Path log;
  private byte[] written;

  /** Where the log ended after each append: {@code ends.get(n)} is after n appends. */
  private final List<Long> ends = new ArrayList<>();

  @BeforeEach
  void crash() throws IOException {
    Path dir = temp.resolve("store");
    crashed = temp.resolve("crashed");
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(dir)) {
      Path live = Directories.last(dir, ".log");
      ends.add(Files.size(live));
      for (int i = 0; i < APPENDS; i++) {
        get(store.append(append(WAVELET, i, 1, i == LARGE_APPEND ? LARGE : SMALL)));
        ends.add(Files.size(live));
      }
      Directories.copy(dir, crashed);
    }
    log = Directories.last(crashed, ".log");
    written = Files.readAllBytes(log);
  }

  @Test
  void storeShouldKeepEveryWholeAppendWhenTheLastOneIsCutAtAnyByte() throws IOException {
    Path cut = temp.resolve("cut");
    for (int length = (int) (long) ends.get(APPENDS - 1) - 20; length <= written.length; length++) {
      Directories.copy(crashed, cut);
      Files.write(cut.resolve(log.getFileName()), Arrays.copyOf(written, length));
      requireAppends(cut, wholeAppends(length), "cut at " + length);
    }
  }

  @Test
  void storeShouldKeepEveryWholeAppendWhenALargeOneIsCut() throws IOException {
    Path cut = temp.resolve("cut");
    long from = ends.get(LARGE_APPEND);
    long step = LARGE / 40 + 1;
    for (long length = from; length < ends.get(LARGE_APPEND + 1); length += step) {
      Directories.copy(crashed, cut);
      Files.write(cut.resolve(log.getFileName()), Arrays.copyOf(written, (int) length));
      requireAppends(cut, wholeAppends(length), "cut at " + length);
    }
  }

  @Test
  void storeShouldDropTheLastAppendWhenItsPagesWereWrittenInAnotherOrder() throws IOException {
    byte[] torn = Arrays.copyOf(written, (int) (long) ends.get(LARGE_APPEND + 1));
    int start = (int) (long) ends.get(LARGE_APPEND);
    Arrays.fill(torn, start, start + 8192, (byte) 0);
    Files.write(log, torn);
    requireAppends(crashed, LARGE_APPEND, "first pages missing");
  }

  @Test
  void storeShouldOpenWhenTheLogEndsWithZeros() throws IOException {
    Files.write(log, Arrays.copyOf(written, written.length + 5000));
    requireAppends(crashed, APPENDS, "zeros after the end");
  }

  @Test
  void storeShouldGoOnAfterARepairAndNotRepairAgain() throws IOException {
    Files.write(log, Arrays.copyOf(written, written.length - 1));
    requireAppends(crashed, APPENDS - 1, "cut");
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(crashed)) {
      get(store.append(append(WAVELET, APPENDS - 1)));
    }
    requireAppends(crashed, APPENDS, "after the repair");
  }

  @Test
  void logShouldEndAtTheLastWholeRecordWhenCutAtAnyByte() throws IOException {
    WriteAheadLog scanned = new WriteAheadLog(log);
    for (int length = written.length; length >= 0; length -= length % 32_768 < 300 ? 1 : 37) {
      scanned.truncate(length);
      long expected = lastEnd(length);
      long found = scanned.firstBadRecord().orElse(length);
      // Zeros that fill up a block belong to the end as well as to what follows.
      assertThat(found).as("cut at " + length).isBetween(expected, expected + 6);
      assertThat(scanned.hasRecordAfter(found)).isFalse();
    }
  }

  @Test
  void logShouldBeDamagedBeforeItsEndWhenAnyByteBeforeTheLastRecordIsFlipped() throws IOException {
    WriteAheadLog scanned = new WriteAheadLog(log);
    long lastRecord = ends.get(APPENDS - 1);
    for (int i = 0; i < lastRecord; i += i % 32_768 < 100 ? 1 : 97) {
      byte[] flipped = written.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      Files.write(log, flipped);
      if (!isFilling(i)) {
        long bad = scanned.firstBadRecord().orElse(Long.MAX_VALUE);
        assertThat(bad).as("flipped at " + i).isBetween(lastEnd(i) - 6, (long) i);
        assertThat(scanned.hasRecordAfter(bad)).as("flipped at " + i).isTrue();
      }
    }
  }

  @Test
  void storeShouldNotOpenButSayWhereWhenTheLogIsDamagedBeforeItsEnd() throws IOException {
    for (int i : new int[] {0, 5, 200, (int) (ends.get(LARGE_APPEND) + 40_000)}) {
      byte[] flipped = written.clone();
      flipped[i] ^= 1;
      Files.write(log, flipped);
      requireDamage("at byte " + lastEnd(i));
      assertThat(Files.readAllBytes(log)).as("left as it was").isEqualTo(flipped);
    }
  }

  @Test
  void storeShouldNotOpenWhenThereAreZerosInTheMiddleOfTheLog() throws IOException {
    byte[] holed = written.clone();
    int start = (int) (long) ends.get(2);
    Arrays.fill(holed, start, (int) (long) ends.get(3), (byte) 0);
    Files.write(log, holed);
    requireDamage("at byte " + start);
  }

  @Test
  void storeShouldNotOpenWhenAnEarlierLogIsTornButALaterOneIsGood() throws IOException {
    Path later = log.resolveSibling("000999.log");
    Files.write(later, Arrays.copyOf(written, (int) (long) ends.get(2)));
    Files.write(log, Arrays.copyOf(written, written.length - 1));
    requireDamage("at byte " + ends.get(APPENDS - 1));
  }

  private void requireDamage(String where) {
    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> new RocksDbDeltaStore(crashed).close());
    assertThat(failure.reason()).isEqualTo(Reason.CORRUPT);
    assertThat(failure).hasMessageContainingAll(log.toString(), where);
  }

  private static void requireAppends(Path dir, int count, String why) {
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(dir)) {
      List<HashedVersion> found =
          get(store.read(WAVELET, 0, Long.MAX_VALUE, Long.MAX_VALUE)).stream()
              .map(StoredDelta::resulting)
              .toList();
      assertThat(found)
          .as(why)
          .isEqualTo(LongStream.rangeClosed(1, count).mapToObj(v -> at(WAVELET, v)).toList());
    }
  }

  private int wholeAppends(long length) {
    return (int) ends.stream().filter(end -> end <= length).count() - 1;
  }

  /** Where the last whole record before an offset ends. */
  private long lastEnd(long offset) {
    return ends.stream().filter(end -> end <= offset).mapToLong(Long::longValue).max().orElse(0);
  }

  /** Whether a byte is one of those that fill up a block, which nobody reads. */
  private boolean isFilling(int offset) {
    int blockEnd = (offset / 32_768 + 1) * 32_768;
    return blockEnd - offset < 7
        && ends.stream().anyMatch(end -> end > blockEnd - 7 && end <= offset);
  }
}
