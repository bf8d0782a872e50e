// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Parser;
import org.junit.BeforeClass;
import org.junit.Test;

/** Reads the manifests of the built bundles: who may import whom ({@code docs/architecture.md}). */
public class ArrowsTest {
  /**
   * What a bundle may import packages of, besides itself. Anything not named here is an
   * implementation.
   */
  private static final Map<String, Set<String>> SHARED =
      Map.of(
          "model", Set.of(),
          "api", Set.of("model"),
          "protocol", Set.of("model", "api"),
          "configuration", Set.of(),
          "smack", Set.of(),
          "corretto", Set.of(),
          "xmpp", Set.of("model", "api", "protocol", "smack"));

  private static final Set<String> IMPLEMENTATION =
      Set.of("model", "api", "protocol", "configuration");
  private static final Set<String> TRANSPORT =
      Set.of("model", "api", "protocol", "configuration", "xmpp", "smack");
  private static final Set<String> CRYPTO =
      Set.of("model", "api", "protocol", "configuration", "corretto");
  private static final Set<String> SHELL = Set.of("model", "api");

  private static Map<String, Bundle> bundles;

  private record Bundle(String name, Set<String> imports, Map<String, String> exports) {}

  @BeforeClass
  public static void readManifests() throws IOException {
    bundles = new TreeMap<>();
    Path checkout = Path.of(System.getProperty("wavefed.checkout"));
    for (String name : Bundles.names(checkout)) {
      bundles.put(name, read(name, Bundles.jar(checkout, name)));
    }
  }

  private static Bundle read(String name, Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      Attributes headers = jar.getManifest().getMainAttributes();
      Set<String> imports = new TreeSet<>();
      for (Clause clause : Parser.parseHeader(headers.getValue("Import-Package"))) {
        imports.add(clause.getName());
      }
      Map<String, String> exports = new TreeMap<>();
      for (Clause clause : Parser.parseHeader(headers.getValue("Export-Package"))) {
        exports.put(clause.getName(), String.valueOf(clause.getAttribute("version")));
      }
      return new Bundle(name, imports, exports);
    }
  }

  private static Set<String> mayImport(String name) {
    if (name.startsWith("transport-")) {
      return TRANSPORT;
    }
    if (name.startsWith("crypto-")) {
      return CRYPTO;
    }
    return name.equals("shell") ? SHELL : SHARED.getOrDefault(name, IMPLEMENTATION);
  }

  @Test
  public void importsShouldFollowTheArrowsAlone() {
    Map<String, String> exporters = new TreeMap<>();
    bundles.values().forEach(b -> b.exports().keySet().forEach(p -> exporters.put(p, b.name())));
    List<String> forbidden = new ArrayList<>();
    for (Bundle bundle : bundles.values()) {
      Predicate<String> allowed =
          exporter -> exporter.equals(bundle.name()) || mayImport(bundle.name()).contains(exporter);
      for (String imported : bundle.imports()) {
        String exporter = exporters.get(imported);
        if (exporter == null ? imported.startsWith("org.wavefed.") : !allowed.test(exporter)) {
          forbidden.add(bundle.name() + " imports " + imported + " of " + exporter);
        }
      }
    }
    assertThat(forbidden).isEmpty();
  }

  @Test
  public void implementationsShouldExportNothing() {
    List<String> exporting =
        bundles.values().stream()
            .filter(bundle -> !SHARED.containsKey(bundle.name()))
            .filter(bundle -> !bundle.exports().isEmpty())
            .map(Bundle::toString)
            .toList();
    assertThat(exporting).isEmpty();
  }

  @Test
  public void exportedPackagesShouldHaveVersionsOfTheirOwn() {
    for (Bundle bundle : bundles.values()) {
      assertThat(bundle.exports().values()).as(bundle.name()).doesNotContain("null", "0.0.0");
    }
  }

  @Test
  public void sharedRoomsShouldBeAmongThem() {
    assertThat(bundles.keySet()).containsAll(SHARED.keySet());
  }
}
