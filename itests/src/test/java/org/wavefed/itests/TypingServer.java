// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A running server of the lab in which users type, and whose parts are swapped. One thread. */
final class TypingServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final String domain;
  private final TypingResources resources;
  private final Socket socket;
  private final BufferedReader answers;
  private final PrintWriter commands;
  private final TypingTransport transport;

  /** Installs the bundle that types. */
  TypingServer(Lab lab, String domain) throws IOException {
    this.domain = domain;
    Path port = lab.file(domain, "typing.port");
    Path jar = TypingBundle.write(lab.file(domain, "typing.jar"), port);
    lab.console(domain, "bundle:install -s file:" + jar);
    socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(Files.readString(port)));
    socket.setSoTimeout((int) PATIENCE.toMillis());
    answers =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    commands = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    resources = new TypingResources(Files.readString(lab.file(domain, "wavefed/pid")).strip());
    transport = new TypingTransport(lab, this);
  }

  String domain() {
    return domain;
  }

  /** What became of a user's words in a wavelet. */
  record Report(
      String user, String wavelet, int typed, List<Integer> refused, long longest, String faults) {
    static Report of(String line) {
      String[] parts = line.split("\t", -1);
      List<Integer> refused =
          parts[3].isEmpty()
              ? List.of()
              : List.of(parts[3].split(",")).stream().map(Integer::valueOf).toList();
      return new Report(
          parts[0],
          parts[1],
          Integer.parseInt(parts[2]),
          refused,
          Long.parseLong(parts[4]),
          parts[5]);
    }

    /** The words that were accepted, as the wavelet shall have them. */
    List<String> accepted() {
      String name = user.substring(0, user.indexOf('@'));
      List<String> words = new ArrayList<>();
      for (int i = 1; i <= typed; i++) {
        if (!refused.contains(i)) {
          words.add(name + i);
        }
      }
      return words;
    }
  }

  String create(String user, String... others) throws IOException {
    return ask("create " + user + " " + String.join(" ", others)).get(0);
  }

  void type(String user, String wavelet) throws IOException {
    ask("type " + user + " " + wavelet);
  }

  List<Report> hush() throws IOException {
    return ask("hush").stream().map(Report::of).toList();
  }

  /** The wavelet's version with its hash, and its text. */
  List<String> read(String user, String wavelet) throws IOException {
    return ask("read " + user + " " + wavelet);
  }

  Map<String, Long> counts() throws IOException {
    return ask("counts").stream()
        .map(line -> line.split("\t"))
        .collect(Collectors.toMap(line -> line[0], line -> Long.valueOf(line[1])));
  }

  /** Whether a user who writes in a remote wavelet is told that it is not done. */
  boolean refuses() throws IOException {
    return Boolean.parseBoolean(ask("refused").get(0));
  }

  /** How many words users gave up because they were refused. */
  long refusedWords() throws IOException {
    return counts().getOrDefault("refused", 0L);
  }

  TypingTransport transport() {
    return transport;
  }

  /** The kinds of transport that serve the domain now. */
  List<String> serving() throws IOException {
    return ask("serving " + domain);
  }

  /** One of the console's commands for features. */
  void console(String command) throws IOException {
    ask(command);
  }

  /**
   * {@code stop}, {@code start}, {@code restart}, {@code update} or {@code refresh} with the name
   * of a room.
   */
  void swap(String how, String part) throws IOException {
    ask(how + " " + part);
  }

  List<String> inactive() throws IOException {
    return ask("inactive");
  }

  /** Threads, sockets and files that the server has now, by kind. */
  Map<String, Long> resources() throws IOException {
    return resources.count(ask("threads"));
  }

  private List<String> ask(String command) throws IOException {
    commands.println(command);
    String verdict = answers.readLine();
    List<String> lines = new ArrayList<>();
    for (String line = answers.readLine(); !".".equals(line); line = answers.readLine()) {
      if (line == null) {
        throw new IOException(domain + " ended while asked to " + command);
      }
      lines.add(line);
    }
    assertThat(verdict).as(command + " at " + domain).isEqualTo("ok");
    return lines;
  }

  /** Waits for something that happens soon. */
  static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(SOON).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
