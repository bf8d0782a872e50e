// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.Env;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;

/**
 * RocksDB's native code, as long as a database is open. RocksDB's own loader leaves a copy of 17 MB
 * in the temporary directory for each bundle that was loaded until the process ends; a loaded
 * library needs no file any more, so here it goes at once. RocksDB's background threads would stay
 * for ever as well: they end with the last database.
 */
final class NativeLibrary {
  private static boolean loaded;
  private static int users;

  private NativeLibrary() {}

  /**
   * Loads it, once for each class loader; each call needs one of {@link #release}.
   *
   * @throws StoreException if there is none for this platform
   */
  static synchronized void acquire() {
    try {
      if (!loaded) {
        loadCopy();
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new StoreException(
          Reason.UNAVAILABLE,
          "RocksDB's native library cannot be loaded from java.io.tmpdir: " + e,
          e);
    }
    loaded = true;
    users++;
  }

  /** Ends the background threads if nobody needs them any more. */
  static synchronized void release() {
    users--;
    if (users == 0) {
      Env threads = Env.getDefault();
      threads.setBackgroundThreads(0, Priority.LOW);
      threads.setBackgroundThreads(0, Priority.HIGH);
    }
  }

  private static void loadCopy() throws IOException {
    String name = Environment.getJniLibraryFileName("rocksdb");
    Path dir = Files.createTempDirectory("wavefed-rocksdb");
    // The suffix is there twice where RocksDB looks for it.
    Path copy = dir.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
    try (InputStream library = RocksDB.class.getClassLoader().getResourceAsStream(name)) {
      if (library == null) {
        throw new StoreException(
            Reason.UNAVAILABLE,
            "no RocksDB for this platform in the bundle (" + name + "): use the store in memory",
            null);
      }
      Files.copy(library, copy);
      RocksDB.loadLibrary(List.of(dir.toString()));
    } finally {
      Files.deleteIfExists(copy);
      Files.delete(dir);
    }
  }
}
