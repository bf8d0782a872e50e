// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.wavefed.testkit.store.StoreCase.append;
import static org.wavefed.testkit.store.StoreCase.failure;
import static org.wavefed.testkit.store.StoreCase.get;
import static org.wavefed.testkit.store.StoreCase.wavelet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;

/** Directories that the store must refuse, and data files that it must not believe. */
class DamageTest {
  @TempDir private Path temp;

  @Test
  void readShouldFailAndNameTheWaveletAndTheFileWhenADataFileIsDamaged() throws IOException {
    WaveletName wavelet = wavelet("a");
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(temp)) {
      get(store.append(append(wavelet, 0, 500, 100)));
    }
    Path data = openedDataFile();
    byte[] bytes = Files.readAllBytes(data);
    bytes[bytes.length / 3] ^= 1;
    Files.write(data, bytes);
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(temp)) {
      StoreException failure =
          failure(store.read(wavelet, 0, Long.MAX_VALUE, Long.MAX_VALUE), Reason.CORRUPT);
      assertThat(failure).hasMessageContainingAll(wavelet.toUri(), data.getFileName().toString());
      get(store.append(append(wavelet("b"), 0)));
    }
  }

  /** Opens the store once, which turns its log into a data file. */
  private Path openedDataFile() {
    new RocksDbDeltaStore(temp).close();
    return Directories.last(temp, ".sst");
  }

  @Test
  void storeShouldNotOpenWhenADataFileIsMissing() throws IOException {
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(temp)) {
      get(store.append(append(wavelet("a"), 0)));
    }
    Path data = openedDataFile();
    Files.delete(data);
    assertThat(refusal(temp)).hasMessageContaining(data.getFileName().toString());
  }

  @Test
  void storeShouldNotOpenWhenTheDirectoryHoldsAnotherDatabase() throws RocksDBException {
    foreign("x", "y");
    assertThat(refusal(temp)).hasMessageContainingAll(temp.toString(), "format unknown");
  }

  @Test
  void storeShouldNotOpenWhenTheFormatIsNewer() throws RocksDBException {
    foreign("f", "2");
    assertThat(refusal(temp)).hasMessageContainingAll(temp.toString(), "format 2");
  }

  private void foreign(String key, String value) throws RocksDBException {
    NativeLibrary.acquire();
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB db = RocksDB.open(options, temp.toString())) {
      db.put(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    } finally {
      NativeLibrary.release();
    }
  }

  @Test
  void storeShouldNotOpenWhenAnotherOneIsOpenAndOpenWhenItIsClosed() {
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(temp)) {
      assertThat(refusal(temp)).hasMessageContainingAll(temp.toString(), "in use");
      get(store.append(append(wavelet("a"), 0)));
    }
    new RocksDbDeltaStore(temp).close();
  }

  @Test
  void storeShouldNotOpenWhenAnotherProcessHasIt() throws IOException, InterruptedException {
    new RocksDbDeltaStore(temp).close();
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                temp.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo(LockHolder.READY);
      assertThat(refusal(temp)).hasMessageContainingAll(temp.toString(), "in use");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    new RocksDbDeltaStore(temp).close();
  }

  @Test
  void storeShouldNotOpenWhenItsDirectoryIsAFile() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertThat(refusal(file)).hasMessageContaining(file.toString());
  }

  @Test
  void directoryShouldBeTheConfiguredOneOrInKarafsData() {
    assertThat(RocksDbDeltaStore.directory("/srv/store", Optional.of("/karaf/data")))
        .isEqualTo(Path.of("/srv/store"));
    assertThat(RocksDbDeltaStore.directory(" ", Optional.of("/karaf/data")))
        .isEqualTo(Path.of("/karaf/data/wavefed/store"));
    assertThat(
            catchThrowableOfType(
                StoreException.class, () -> RocksDbDeltaStore.directory("", Optional.empty())))
        .hasMessageContaining("org.wavefed.store.rocksdb");
  }

  private static StoreException refusal(Path dir) {
    StoreException refusal =
        catchThrowableOfType(StoreException.class, () -> new RocksDbDeltaStore(dir).close());
    assertThat(refusal).isNotNull();
    assertThat(refusal.getMessage()).doesNotContain("\n");
    return refusal;
  }
}
