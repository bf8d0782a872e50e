// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.wavefed.testkit.store.StoreCase.get;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.store.StoreException;

/** What must not be left of a store. */
class LeakTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path temp;

  @Test
  void noFileShouldBeLeftOpenWhenOpenedAndClosedOften() {
    openAndClose();
    long files = openFiles();
    for (int i = 0; i < 20; i++) {
      openAndClose();
    }
    assertThat(openFiles()).isLessThanOrEqualTo(files);
    assertThat(Directories.list(temp).size()).isLessThan(20);
  }

  @Test
  void noFileShouldBeLeftOpenWhenItCannotBeOpened() throws IOException {
    openAndClose();
    Files.delete(Directories.last(temp, "CURRENT"));
    Files.createDirectory(temp.resolve("CURRENT"));
    long files = openFiles();
    for (int i = 0; i < 20; i++) {
      assertThat(catchThrowable(this::openAndClose)).isInstanceOf(StoreException.class);
    }
    assertThat(openFiles()).isLessThanOrEqualTo(files);
  }

  @Test
  void noThreadShouldBeLeftWhenClosed() throws IOException {
    openAndClose();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!threads().isEmpty()) {
      assertThat(System.nanoTime()).as("threads " + threads()).isLessThan(deadline);
    }
  }

  @Test
  void theNativeLibraryShouldNotStayInTheTemporaryDirectory() {
    openAndClose();
    assertThat(Directories.list(Path.of(System.getProperty("java.io.tmpdir"))))
        .noneMatch(file -> file.getFileName().toString().startsWith("librocksdbjni"));
  }

  @Test
  void newDirectoryShouldBeForTheServersEyesAlone() throws IOException {
    Path dir = temp.resolve("new");
    new RocksDbDeltaStore(dir).close();
    assertThat(Files.getPosixFilePermissions(dir))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  private void openAndClose() {
    try (RocksDbDeltaStore store = new RocksDbDeltaStore(temp)) {
      get(store.wavelets(Optional.empty(), 1));
    }
  }

  private static long openFiles() {
    return Directories.list(Path.of("/proc/self/fd")).size();
  }

  private static List<String> threads() {
    return Directories.list(Path.of("/proc/self/task")).stream()
        .map(LeakTest::name)
        .filter(name -> name.startsWith("rocksdb:") || name.startsWith("wavefed-store"))
        .toList();
  }

  /** Empty for a thread that has ended meanwhile. */
  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm"));
    } catch (IOException e) {
      return "";
    }
  }
}
