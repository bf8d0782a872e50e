// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The features, in Karaf as Apache ships it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class StockKarafIT {
  @Inject private FeaturesService features;
  @Inject private BundleContext context;

  @Configuration
  public Option[] options() {
    return Container.stock();
  }

  @Test
  public void wavefedShouldInstallAndLeaveAgain() throws Exception {
    URI repository =
        URI.create(
            "mvn:org.wavefed/wavefed-features/"
                + System.getProperty("wavefed.version")
                + "/xml/features");
    features.addRepository(repository);
    features.installFeature("wavefed");
    assertTrue(wavefedBundles().size() > 3);
    for (Bundle bundle : wavefedBundles()) {
      assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
    }
    assertTrue(Files.exists(etc("org.wavefed.transport.s2s.cfg")));
    assertTrue(Files.exists(etc("org.apache.karaf.command.acl.wave.cfg")));

    features.uninstallFeature("wavefed");
    assertEquals(List.of(), wavefedBundles());
  }

  private static Path etc(String file) {
    return Path.of(System.getProperty("karaf.etc"), file);
  }

  private List<Bundle> wavefedBundles() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().startsWith("org.wavefed."))
        .toList();
  }
}
