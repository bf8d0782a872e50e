// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Properties;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/**
 * The console of a server as {@code bin/client -b} uses it, without a Java of its own for each
 * command: that takes longer than most of what the tests ask.
 */
final class SshConsole implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(30);

  private final SshClient client = SshClient.setUpDefaultClient();
  private final Duration patience;

  /** Commands that take longer than the patience are given up. */
  SshConsole(Duration patience) {
    this.patience = patience;
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.start();
  }

  /** Runs commands of a server's first user in one session, up to the first that is refused. */
  Lab.Answer run(Path wavefed, int port, String... commands) throws IOException {
    String[] user = firstUser(wavefed.resolve("etc/users.properties"));
    try (ClientSession session =
        client.connect(user[0], "127.0.0.1", port).verify(CONNECT).getSession()) {
      session.addPasswordIdentity(user[1]);
      session.auth().verify(CONNECT);
      return execute(session, String.join("\n", commands) + "\n");
    }
  }

  private Lab.Answer execute(ClientSession session, String commands) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ChannelExec channel = session.createExecChannel(commands)) {
      channel.setEnv("LC_CTYPE", "UTF-8");
      channel.setOut(out);
      channel.setErr(OutputStream.nullOutputStream());
      channel.open().verify(CONNECT);
      if (channel
          .waitFor(EnumSet.of(ClientChannelEvent.CLOSED), patience)
          .contains(ClientChannelEvent.TIMEOUT)) {
        throw new IOException(commands.strip() + " took longer than " + patience);
      }
      Integer status = channel.getExitStatus();
      return new Lab.Answer(
          status == null ? -1 : status, out.toString(StandardCharsets.UTF_8).strip());
    }
  }

  /** Name and password; groups come with a prefix. */
  private static String[] firstUser(Path file) throws IOException {
    Properties users = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      users.load(reader);
    }
    return users.stringPropertyNames().stream()
        .filter(name -> !name.startsWith("_g_"))
        .sorted()
        .map(name -> new String[] {name, users.getProperty(name).split(",")[0]})
        .findFirst()
        .orElseThrow(() -> new IOException("nobody may use the console: " + file));
  }

  @Override
  public void close() {
    client.stop();
  }
}
