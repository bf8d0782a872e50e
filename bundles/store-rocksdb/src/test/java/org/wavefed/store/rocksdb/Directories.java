// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What tests do to directories of databases. */
final class Directories {
  private Directories() {}

  /** Copies the files as they are now, as a crash would leave them. */
  static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      for (Path file : list(to)) {
        Files.delete(file);
      }
      for (Path file : list(from)) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> list(Path dir) {
    try (Stream<Path> files = Files.list(dir)) {
      return files.sorted(Comparator.comparing(Path::toString)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last file of this kind. */
  static Path last(Path dir, String extension) {
    return list(dir).stream()
        .filter(file -> file.toString().endsWith(extension))
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
