// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.wavefed.testkit.lab.ProsodyServer.Settings;

/**
 * ejabberd for one domain, with {@code wave.<domain>} as an external component, federating with
 * TLS. Can be stopped and started again on the same ports.
 *
 * <p>The Erlang machine is started without {@code ejabberdctl}, which insists on the user {@code
 * ejabberd}, and without a node name, so that neither {@code epmd} nor any port of its own is
 * there.
 */
public final class EjabberdServer implements AutoCloseable {
  /** Tells, among other things, where ejabberd's code is. */
  private static final Path CONTROL = Path.of("/usr/sbin/ejabberdctl");

  private final Settings settings;
  private final Path folder;
  private LabProcess process;

  private EjabberdServer(Settings settings, Path folder) throws IOException {
    this.settings = settings;
    this.folder = folder;
    this.process = launch();
  }

  /** Whether ejabberd is there, as Debian installs it. */
  public static boolean isInstalled() {
    return Files.isReadable(CONTROL) && LabProcess.isInstalled("erl");
  }

  /**
   * Lines of a zone by which ejabberd finds that host, which listens on 127.0.0.1. It asks the
   * configured DNS server for SRV records, but the system for addresses, so the lab's own names
   * would not be found.
   */
  public static List<String> zone(KnotServer.Host host) {
    return List.of(
        "_xmpp-server._tcp.%s. SRV 0 0 %d localhost.".formatted(host.domain(), host.port()),
        "_xmpp-server._tcp.wave.%s. SRV 0 0 %d localhost.".formatted(host.domain(), host.port()));
  }

  /**
   * Starts it in the given folder and waits until components can connect.
   *
   * @param dns the DNS server that it asks
   */
  public static EjabberdServer start(
      Path folder, Settings settings, LabCertificates certificates, KnotServer dns)
      throws IOException {
    return start(folder, settings, certificates, dns, true, UnaryOperator.identity());
  }

  /**
   * Starts it in the given folder and waits until components can connect.
   *
   * @param dns the DNS server that it asks
   * @param certificatesRequired whether it lets nobody in by dialback
   * @param change what is different in its configuration
   */
  public static EjabberdServer start(
      Path folder,
      Settings settings,
      LabCertificates certificates,
      KnotServer dns,
      boolean certificatesRequired,
      UnaryOperator<String> change)
      throws IOException {
    certificates.issue(settings.domain());
    String configuration = configuration(settings, certificates, certificatesRequired);
    return startWith(folder, settings, change.apply(configuration), dns);
  }

  /**
   * Starts it with another configuration.
   *
   * @param configuration the text of {@code ejabberd.yml}, for those settings
   */
  public static EjabberdServer startWith(
      Path folder, Settings settings, String configuration, KnotServer dns) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("ejabberd.yml"), configuration);
    Files.writeString(folder.resolve("inetrc"), resolver(dns.port()));
    return new EjabberdServer(settings, folder);
  }

  /** What it was started with. */
  public Settings settings() {
    return settings;
  }

  /** What it has said on its console. */
  public String output() throws IOException {
    return process.output();
  }

  /** What it has written into its own log. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("ejabberd.log"));
  }

  /** Stops it; {@link #startAgain} may follow. */
  public void stop() {
    process.close();
  }

  /** Starts it after {@link #stop}, with the same configuration. */
  public void startAgain() throws IOException {
    process = launch();
  }

  @Override
  public void close() {
    stop();
  }

  private LabProcess launch() throws IOException {
    LabProcess started = LabProcess.start(folder.resolve("console.log"), command());
    try {
      started.awaitListening(settings.address(), settings.componentPort());
      return started;
    } catch (IOException e) {
      started.close();
      throw e;
    }
  }

  private List<String> command() throws IOException {
    return List.of(
        "env",
        "HOME=" + folder,
        "ERL_LIBS=" + libraries(),
        "ERL_INETRC=" + folder.resolve("inetrc"),
        "ERL_CRASH_DUMP_BYTES=0",
        "EJABBERD_CONFIG_PATH=" + folder.resolve("ejabberd.yml"),
        "EJABBERD_LOG_PATH=" + folder.resolve("ejabberd.log"),
        "erl",
        "-noinput",
        "-mnesia",
        "dir",
        "\"" + folder.resolve("data") + "\"",
        "-s",
        "ejabberd");
  }

  private static String libraries() throws IOException {
    return Files.readAllLines(CONTROL).stream()
        .filter(line -> line.startsWith("ERL_LIBS="))
        .findFirst()
        .map(line -> line.substring("ERL_LIBS=".length()).replace("'", ""))
        .orElseThrow(() -> new IOException(CONTROL + " does not say ERL_LIBS"));
  }

  private static String resolver(int dnsPort) {
    return """
        {resolv_conf, ""}.
        {hosts_file, ""}.
        {lookup, [dns]}.
        {nameserver, {127,0,0,1}, %d}.
        """
        .formatted(dnsPort);
  }

  private static String configuration(
      Settings settings, LabCertificates certificates, boolean certificatesRequired) {
    return """
        hosts: [ "%1$s" ]
        loglevel: info
        certfiles: [ "%5$s", "%6$s" ]
        ca_file: "%7$s"
        s2s_use_starttls: required
        s2s_max_retry_delay: 1
        outgoing_s2s_families: [ ipv4 ]
        listen:
          - port: %3$d
            ip: "%2$s"
            module: ejabberd_s2s_in
            max_stanza_size: 10485760
          - port: %4$d
            ip: "%2$s"
            module: ejabberd_service
            global_routes: false
            max_stanza_size: 10485760
            hosts: { "wave.%1$s": { password: "%8$s" } }
        modules: { mod_disco: {}%9$s }
        """
        .formatted(
            settings.domain(),
            settings.address(),
            settings.serverPort(),
            settings.componentPort(),
            certificates.certificate(settings.domain()),
            certificates.key(settings.domain()),
            certificates.authority(),
            settings.secret(),
            certificatesRequired ? "" : ", mod_s2s_dialback: {}");
  }
}
