// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.Test;

/** Nothing in a jar tells when, where or by whom it was built. */
public class ReproducibleJarsTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("wavefed.checkout"));
  private static final List<String> TELLING =
      List.of("Bnd-LastModified", "Build-Jdk", "Built-By", "Build-Time");

  @Test
  public void entriesShouldAllHaveOneTime() throws IOException {
    List<String> differing = new ArrayList<>();
    for (Path file : Bundles.jars(CHECKOUT)) {
      try (JarFile jar = new JarFile(file.toFile())) {
        long distinct =
            jar.stream()
                .filter(entry -> !entry.isDirectory())
                .mapToLong(e -> e.getTime())
                .distinct()
                .count();
        if (distinct > 1) {
          differing.add(file.getFileName() + " has " + distinct + " times");
        }
      }
    }
    assertThat(differing).isEmpty();
  }

  @Test
  public void manifestsShouldNotTellOfTheBuild() throws IOException {
    List<String> telling = new ArrayList<>();
    for (Path file : Bundles.jars(CHECKOUT)) {
      try (JarFile jar = new JarFile(file.toFile())) {
        TreeSet<String> headers = new TreeSet<>();
        for (Object name : jar.getManifest().getMainAttributes().keySet()) {
          headers.add(((Attributes.Name) name).toString());
        }
        headers.retainAll(TELLING);
        headers.forEach(header -> telling.add(file.getFileName() + ": " + header));
      }
    }
    assertThat(telling).isEmpty();
  }
}
