// SPDX-License-Identifier: Apache-2.0
package org.wavefed.configuration;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The keys of a configuration type, and those that are none of them. */
final class Keys {
  /** Those of OSGi, and of who reads the files, begin so. */
  private static final List<String> FOREIGN =
      List.of(".", "service.", "component.", "felix.", "osgi.", "org.");

  /** What is longer than any key of ours is compared with none. */
  private static final int LENGTH_MAX = 100;

  private final Set<String> known = new TreeSet<>();

  Keys(Class<? extends Annotation> type) {
    Arrays.stream(type.getDeclaredMethods()).forEach(member -> known.add(of(member.getName())));
  }

  /** The key of a member. */
  static String of(String member) {
    return member.replace('_', '.');
  }

  /** A line for each key that nobody reads, ordered. */
  List<String> warnings(String file, Map<String, ?> properties, Set<String> own) {
    return properties.keySet().stream()
        .filter(key -> !known.contains(key) && !own.contains(key))
        .filter(key -> FOREIGN.stream().noneMatch(key::startsWith))
        .sorted()
        .map(
            key ->
                "%s in etc/%s is not a key and does nothing%s"
                    .formatted(
                        key,
                        file,
                        nearest(key).map(near -> "; did you mean " + near + "?").orElse("")))
        .toList();
  }

  private Optional<String> nearest(String key) {
    if (key.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
        // What differs in a third is another word.
        .filter(candidate -> distance(key, candidate) * 3 <= candidate.length());
  }

  /** How many letters were left out, put in or taken for others (Levenshtein). */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    Arrays.setAll(row, column -> column);
    for (int line = 1; line <= left.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= right.length(); column++) {
        int changed = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(changed, 1 + Math.min(diagonal, row[column - 1]));
      }
    }
    return row[right.length()];
  }
}
