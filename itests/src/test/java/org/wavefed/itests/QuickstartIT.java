// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a newcomer runs first. */
public class QuickstartIT {
  private static final Path CHECKOUT =
      Path.of(System.getProperty("wavefed.checkout")).toAbsolutePath().normalize();

  /** A name with a blank: no path is special. */
  @Rule public final TemporaryFolder folder = new TemporaryFolder(new File("target"));

  @Test
  public void onceShouldEndWithBothCopiesTheSame() throws Exception {
    Path state = folder.newFolder("quick start").toPath();
    Path output = folder.newFile().toPath();
    int code = quickstart(state, output, "--once");
    String said = Files.readString(output);
    assertThat(code).as(said).isZero();
    assertThat(said).contains("Both type at the same time", "Both copies still agree");

    assertThat(quickstart(state, output, "--status")).isZero();
    assertThat(Files.readString(output))
        .contains("wavefed@acmewave.example down")
        .doesNotContain(" up");
  }

  @Test
  public void unknownOptionShouldBeRefused() throws Exception {
    Path output = folder.newFile().toPath();
    assertThat(quickstart(folder.getRoot().toPath(), output, "--nosuch")).isEqualTo(2);
    assertThat(Files.readString(output)).contains("knows no --nosuch", "--stop");
  }

  private static int quickstart(Path state, Path output, String option)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(CHECKOUT.resolve("quickstart").toString(), option)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("WAVEFED_QUICKSTART", state.toAbsolutePath().toString());
    builder
        .environment()
        .put(
            "WAVEFED_DISTRIBUTION",
            CHECKOUT
                .resolve("karaf-distribution/target")
                .resolve(
                    "wavefed-karaf-distribution-"
                        + System.getProperty("wavefed.version")
                        + ".tar.gz")
                .toString());
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(Files.readString(output)).isTrue();
    return process.exitValue();
  }
}
