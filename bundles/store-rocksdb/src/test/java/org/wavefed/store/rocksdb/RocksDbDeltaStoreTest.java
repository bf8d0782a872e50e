// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.store.DeltaStore;
import org.wavefed.testkit.store.DurableDeltaStoreContract;

class RocksDbDeltaStoreTest implements DurableDeltaStoreContract {
  @TempDir private Path temp;
  private RocksDbDeltaStore store;

  @BeforeEach
  void open() {
    store = new RocksDbDeltaStore(temp.resolve("store"));
  }

  @Override
  public DeltaStore store() {
    return store;
  }

  @AfterEach
  @Override
  public void close() {
    store.close();
  }

  @Override
  public void reopen() {
    store.close();
    open();
  }

  @Override
  public void crash() {
    Path copy = temp.resolve("after-crash");
    Directories.copy(temp.resolve("store"), copy);
    store.close();
    store = new RocksDbDeltaStore(copy);
  }
}
