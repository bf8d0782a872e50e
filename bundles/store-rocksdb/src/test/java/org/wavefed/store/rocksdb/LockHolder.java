// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.io.IOException;
import java.nio.file.Path;

/** A process that holds the lock of a directory until it is ended. */
final class LockHolder {
  static final int READY = '!';

  private LockHolder() {}

  public static void main(String[] args) throws IOException {
    try (DirectoryLock held = DirectoryLock.of(Path.of(args[0]))) {
      System.out.write(READY);
      System.out.flush();
      int end = System.in.read();
      System.exit(held == null ? 1 : end);
    }
  }
}
