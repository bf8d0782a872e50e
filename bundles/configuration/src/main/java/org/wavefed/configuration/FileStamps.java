// SPDX-License-Identifier: Apache-2.0
package org.wavefed.configuration;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How files look from outside: names, sizes, times and what links lead to. Two that are equal are
 * of files that have not changed in between. Immutable.
 *
 * @param stamps by file; one that cannot be found has none
 */
public record FileStamps(Map<Path, Stamp> stamps) {
  /**
   * How a file looks from outside.
   *
   * @param modified when it was written last
   * @param size its length in bytes
   * @param key which file it is, behind links
   */
  public record Stamp(FileTime modified, long size, String key) {}

  /** Copies the map. */
  public FileStamps {
    stamps = Map.copyOf(stamps);
  }

  /** Those of files, and of files directly in folders, as they are now. */
  public static FileStamps of(List<Path> paths) {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (Path path : paths) {
      add(path, stamps);
      if (Files.isDirectory(path)) {
        addFilesIn(path, stamps);
      }
    }
    return new FileStamps(stamps);
  }

  private static void addFilesIn(Path folder, Map<Path, Stamp> stamps) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> add(file, stamps));
    } catch (IOException | DirectoryIteratorException e) {
      // Whoever reads the files says why.
      stamps.remove(folder);
    }
  }

  private static void add(Path file, Map<Path, Stamp> stamps) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      stamps.put(
          file,
          new Stamp(found.lastModifiedTime(), found.size(), Objects.toString(found.fileKey())));
    } catch (IOException e) {
      // There is none for now.
      stamps.remove(file);
    }
  }
}
