// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  public void onceShouldEndWithBothCopiesTheSameWithoutAnyOtherServer() throws Exception {
    expectBothCopiesTheSame(Map.of("PATH", withoutServers()));
  }

  @Test
  public void onceShouldEndWithBothCopiesTheSameAsComponents() throws Exception {
    expectBothCopiesTheSame(Map.of(), "--transport", "component");
  }

  private void expectBothCopiesTheSame(Map<String, String> environment, String... options)
      throws Exception {
    Path state = folder.newFolder("quick start").toPath();
    Path output = folder.newFile().toPath();
    List<String> once = new ArrayList<>(List.of(options));
    once.add("--once");
    int code = quickstart(state, output, environment, once.toArray(String[]::new));
    String said = Files.readString(output);
    assertThat(code).as(said).isZero();
    assertThat(said).contains("Both type at the same time", "Both copies still agree");

    assertThat(quickstart(state, output, environment, "--status")).isZero();
    assertThat(Files.readString(output))
        .contains("wavefed@acmewave.example down")
        .doesNotContain(" up");
    assertThat(quickstart(state, output, environment, "--stop")).isZero();
  }

  /** A PATH that hides what must not be needed: as on a machine where it is not installed. */
  private String withoutServers() throws IOException {
    Path hiding = folder.newFolder("hiding").toPath();
    for (String server : List.of("prosody", "knotd", "ejabberdctl", "erl", "apt-get")) {
      script(hiding, server, "echo \"$0 was run\" >&2; exit 127");
    }
    script(
        hiding,
        "dpkg-query",
        "case \"$*\" in *prosody* | *knot* | *ejabberd* | *erlang* | *lua-*) exit 1 ;; esac\n"
            + "exec /usr/bin/dpkg-query \"$@\"");
    return hiding + ":" + System.getenv("PATH");
  }

  private static void script(Path folder, String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  public void unknownOptionShouldBeRefused() throws Exception {
    expectRefusal("./quickstart knows no --nosuch", "--nosuch");
    expectRefusal("--transport is s2s or component, not 'pigeon'", "--transport", "pigeon");
    expectRefusal("--transport is s2s or component, not ''", "--once", "--transport");
    expectRefusal("--once or --stop, not both", "--once", "--stop");
  }

  private void expectRefusal(String line, String... options) throws Exception {
    Path output = folder.newFile().toPath();
    assertThat(quickstart(folder.getRoot().toPath(), output, Map.of(), options)).isEqualTo(2);
    assertThat(Files.readString(output)).startsWith(line).contains("--status");
  }

  private static int quickstart(
      Path state, Path output, Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(CHECKOUT.resolve("quickstart").toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
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
