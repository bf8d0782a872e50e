// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.ops4j.pax.exam.CoreOptions.maven;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.MavenUrlReference;

/** Options for a Karaf with a test in it. */
final class Container {
  private Container() {}

  /** Our own distribution, unpacked afresh. */
  static Option[] ours() {
    return karaf(
        maven("org.wavefed", "wavefed-karaf-distribution", System.getProperty("wavefed.version"))
            .type("tar.gz"),
        "wavefed-karaf-distribution");
  }

  /** Karaf as Apache ships it. */
  static Option[] stock() {
    return karaf(
        maven("org.apache.karaf", "apache-karaf", System.getProperty("karaf.version"))
            .type("tar.gz"),
        "apache-karaf");
  }

  private static Option[] karaf(MavenUrlReference distribution, String name) {
    String repository = System.getProperty("org.ops4j.pax.url.mvn.localRepository");
    return new Option[] {
      karafDistributionConfiguration()
          .frameworkUrl(distribution)
          .name(name)
          .unpackDirectory(new File("target/exam"))
          .useDeployFolder(false),
      configureConsole().ignoreLocalConsole(),
      editConfigurationFilePut(
          "etc/org.apache.karaf.shell.cfg", "sshPort", Integer.toString(freePort())),
      editConfigurationFilePut("etc/org.apache.karaf.features.cfg", "autoRefresh", "true"),
      editConfigurationFilePut(
          "etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn.localRepository", repository),
      editConfigurationFilePut(
          "etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn.repositories", ""),
      CoreOptions.systemProperty("wavefed.version").value(System.getProperty("wavefed.version")),
      CoreOptions.junitBundles(),
      CoreOptions.systemTimeout(60_000),
    };
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
