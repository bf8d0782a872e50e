// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.lab;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server program in the foreground, its output in a file, killed when closed. */
public final class LabProcess implements AutoCloseable {
  private static final int PORT_MIN = 20_000;
  private static final int PORT_MAX = 32_000;
  private static final int PORT_TRIES = 1_000;
  private static final Set<Integer> GIVEN_PORTS = ConcurrentHashMap.newKeySet();

  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final Process process;
  private final Path log;

  private LabProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts the program, appending what it prints to the log. */
  static LabProcess start(Path log, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
    return new LabProcess(process, log);
  }

  /** Runs a program to its end. */
  static void run(Path log, List<String> command) throws IOException {
    try (LabProcess program = start(log, command)) {
      if (!program.awaitExit() || program.process.exitValue() != 0) {
        throw new IOException(command + " failed: " + Files.readString(log));
      }
    }
  }

  /** Whether a program of that name is installed. */
  public static boolean isInstalled(String program) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/bin"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * A port of the address that nobody listens on at the moment, and that was not given out before.
   * Below the range from which the kernel takes those of outgoing connections: one of these might
   * have it before the server does that it is for.
   */
  public static int freePort(String address) throws IOException {
    for (int i = 0; i < PORT_TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
      if (GIVEN_PORTS.add(port) && isFree(address, port)) {
        return port;
      }
    }
    throw new IOException("no port of " + address + " is free");
  }

  private static boolean isFree(String address, int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
      return socket.isBound();
    } catch (BindException e) {
      return false;
    }
  }

  /** Waits until the program accepts TCP connections. */
  void awaitListening(String address, int port) throws IOException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!accepts(address, port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("not listening on " + address + ":" + port + "\n" + output());
      }
      awaitExit(Duration.ofMillis(50));
    }
  }

  private static boolean accepts(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What the program has printed. */
  public String output() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Stops the program, by force after some seconds. */
  @Override
  public void close() {
    process.destroy();
    if (!awaitExit(STOP_LIMIT)) {
      process.destroyForcibly();
      awaitExit(STOP_LIMIT);
    }
  }

  private boolean awaitExit() {
    return awaitExit(START_LIMIT);
  }

  private boolean awaitExit(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
