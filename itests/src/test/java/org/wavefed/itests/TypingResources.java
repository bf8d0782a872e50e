// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a server's process holds: threads by name, sockets and files, each kind with its number. */
final class TypingResources {
  /** The store has more of these the more is typed; each is open once. */
  private static final String TABLE = ".sst";

  /**
   * Of the Java machine, which keeps them for a minute when they have nothing to do. To choose its
   * native library the store runs a command whenever its bundle is new. The pool that all parts of
   * a process share has no more threads than there are processors, whoever uses it.
   */
  private static final Pattern SHARED =
      Pattern.compile("process reaper|ForkJoinPool\\.commonPool-worker-[0-9]+");

  /** Ended or closed while it was looked at. */
  private static final String GONE = "";

  private final Path process;

  /** Of a process by its id. */
  TypingResources(String pid) {
    process = Path.of("/proc", pid);
  }

  /** Counts; numbers in names do not matter. */
  Map<String, Long> count(List<String> threads) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    threads.stream()
        .filter(name -> !SHARED.matcher(name).matches())
        .forEach(name -> add("thread " + name, counts));
    nativeThreads(counts);
    descriptors(counts);
    return counts;
  }

  /** Those of the store; the others are of the Java machine itself. */
  private void nativeThreads(Map<String, Long> counts) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path one : all) {
        String name = name(one);
        if (name.startsWith("rocksdb")) {
          add("native thread " + name, counts);
        }
      }
    }
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      return GONE;
    }
  }

  private void descriptors(Map<String, Long> counts) throws IOException {
    Set<String> tables = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path one : all) {
        String target = target(one);
        boolean again = !tables.add(target);
        if (!target.equals(GONE) && (again || !target.endsWith(TABLE))) {
          add(target, counts);
        }
      }
    }
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return GONE;
    }
  }

  private static void add(String name, Map<String, Long> counts) {
    counts.merge(name.replaceAll("[0-9]+", "#"), 1L, Long::sum);
  }
}
