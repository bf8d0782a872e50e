// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Prosody for one domain, with {@code wave.<domain>} as an external component, federating with TLS.
 * Can be stopped and started again on the same ports.
 */
public final class ProsodyServer implements AutoCloseable {
  /**
   * What the server is for.
   *
   * @param domain its domain, under {@code .example}
   * @param secret the component's secret
   * @param address the loopback address to listen on
   * @param serverPort for other servers
   * @param componentPort for components
   */
  public record Settings(
      String domain, String secret, String address, int serverPort, int componentPort) {
    /** On 127.0.0.1 and ports that are free now. */
    public static Settings onFreePorts(String domain, String secret) throws IOException {
      return new Settings(
          domain,
          secret,
          "127.0.0.1",
          LabProcess.freePort("127.0.0.1"),
          LabProcess.freePort("127.0.0.1"));
    }

    /** Where others find it. */
    public KnotServer.Host host() {
      return new KnotServer.Host(domain, address, serverPort);
    }
  }

  private final Settings settings;
  private final Path folder;
  private LabProcess process;

  private ProsodyServer(Settings settings, Path folder) throws IOException {
    this.settings = settings;
    this.folder = folder;
    this.process = launch();
  }

  /**
   * Starts it in the given folder and waits until components can connect.
   *
   * @param dns the DNS server that it asks
   */
  public static ProsodyServer start(
      Path folder, Settings settings, LabCertificates certificates, KnotServer dns)
      throws IOException {
    return start(folder, settings, certificates, dns, true);
  }

  /**
   * Starts it in the given folder and waits until components can connect.
   *
   * @param certificatesRequired whether other servers need a certificate of the authority, or may
   *     authenticate by dialback
   */
  public static ProsodyServer start(
      Path folder,
      Settings settings,
      LabCertificates certificates,
      KnotServer dns,
      boolean certificatesRequired)
      throws IOException {
    return start(
        folder,
        settings,
        certificates,
        dns,
        text ->
            text.replace("s2s_secure_auth = true", "s2s_secure_auth = " + certificatesRequired));
  }

  /**
   * Starts it in the given folder and waits until components can connect.
   *
   * @param change what is different in its configuration
   */
  public static ProsodyServer start(
      Path folder,
      Settings settings,
      LabCertificates certificates,
      KnotServer dns,
      UnaryOperator<String> change)
      throws IOException {
    Files.createDirectories(folder.resolve("certs"));
    certificates.issue(settings.domain());
    Files.writeString(
        folder.resolve("prosody.cfg.lua"),
        change.apply(configuration(folder, settings, certificates, dns.port())));
    return new ProsodyServer(settings, folder);
  }

  /** What it was started with. */
  public Settings settings() {
    return settings;
  }

  /** What it has logged. */
  public String output() throws IOException {
    return process.output();
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
    LabProcess started =
        LabProcess.start(
            folder.resolve("prosody.log"),
            List.of("prosody", "-F", "--config", folder.resolve("prosody.cfg.lua").toString()));
    try {
      started.awaitListening(settings.address(), settings.componentPort());
      return started;
    } catch (IOException e) {
      started.close();
      throw e;
    }
  }

  private static String configuration(
      Path folder, Settings settings, LabCertificates certificates, int dnsPort) {
    String domain = settings.domain();
    return """
        run_as_root = true
        daemonize = false
        pidfile = "%1$s/prosody.pid"
        data_path = "%1$s/data"
        certificates = "%1$s/certs"
        plugin_paths = {}
        modules_enabled = { "disco", "tls", "saslauth", "dialback", "ping", "s2s_auth_certs" }
        modules_disabled = { "c2s", "offline" }
        interfaces = { "%2$s" }
        component_interfaces = { "%2$s" }
        component_ports = { %4$d }
        s2s_ports = { %3$d }
        s2s_direct_tls_ports = {}
        c2s_ports = {}
        use_ipv6 = false
        network_backend = "epoll"
        network_settings = { nagle = false; min_wait = 0 }
        s2s_require_encryption = true
        s2s_secure_auth = true
        s2s_stanza_size_limit = 10485760
        component_stanza_size_limit = 10485760
        authentication = "internal_hashed"
        storage = "internal"
        unbound = {
          resolvconf = false;
          hoststxt = false;
          forward = { "127.0.0.1@%5$d" };
          options = { ["do-not-query-localhost:"] = "no"; ["domain-insecure:"] = "example." };
        }
        ssl = { key = "%6$s"; certificate = "%7$s"; cafile = "%8$s" }
        log = { { levels = { min = "info" }, to = "console" } }
        VirtualHost "%9$s"
        Component "wave.%9$s"
          component_secret = "%10$s"
        """
        .formatted(
            folder,
            settings.address(),
            settings.serverPort(),
            settings.componentPort(),
            dnsPort,
            certificates.key(domain),
            certificates.certificate(domain),
            certificates.authority(),
            domain,
            settings.secret());
  }
}
