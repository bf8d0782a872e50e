// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The bundles of the build. */
final class Bundles {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private Bundles() {}

  /** The rooms in {@code bundles/} that are built. */
  static List<String> names(Path checkout) throws IOException {
    return MODULE
        .matcher(Files.readString(checkout.resolve("bundles/pom.xml")))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  /** The jar of a room. */
  static Path jar(Path checkout, String name) {
    String version = System.getProperty("wavefed.version");
    return checkout
        .resolve("bundles")
        .resolve(name)
        .resolve("target")
        .resolve("wavefed-" + name + "-" + version + ".jar");
  }

  /** The jars of all rooms. */
  static List<Path> jars(Path checkout) throws IOException {
    return names(checkout).stream().map(name -> jar(checkout, name)).toList();
  }

  /** The rooms that a feature installs. */
  static List<String> inFeatures(Path checkout) throws IOException {
    String features = Files.readString(checkout.resolve("features/src/main/feature/feature.xml"));
    return names(checkout).stream()
        .filter(name -> features.contains("mvn:org.wavefed/wavefed-" + name + "/"))
        .toList();
  }
}
