// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests.typing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.osgi.framework.BundleException;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;

/**
 * Serves one connection: a command a line; the answer is {@code ok} or {@code no} and why, then any
 * number of lines, then a line with a dot.
 */
final class Remote implements Runnable {
  private static final int PATIENCE_SECONDS = 60;

  private final ServerSocket listener;
  private final Supplier<Optional<WaveService>> service;
  private final Typists typists;
  private final Parts parts;

  Remote(
      ServerSocket listener,
      Supplier<Optional<WaveService>> service,
      Typists typists,
      Parts parts) {
    this.listener = listener;
    this.service = service;
    this.typists = typists;
    this.parts = parts;
  }

  @Override
  public void run() {
    try (Socket socket = listener.accept();
        BufferedReader commands =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter answers =
            new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8)) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        answers.println(answer(line.split(" ")));
      }
    } catch (IOException e) {
      // Whoever told us what to do is gone.
    }
  }

  private String answer(String[] command) {
    try {
      List<String> lines = obey(command);
      if (Thread.interrupted()) {
        throw new IllegalStateException("the caller's thread was left interrupted");
      }
      return "ok\n" + String.join("", lines.stream().map(line -> line + "\n").toList()) + ".";
    } catch (BundleException | ExecutionException | TimeoutException | RuntimeException e) {
      return "no " + e + "\n.";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "no interrupted\n.";
    }
  }

  private List<String> obey(String[] command)
      throws BundleException, ExecutionException, InterruptedException, TimeoutException {
    switch (command[0]) {
      case "create" -> {
        return List.of(create(command));
      }
      case "type" -> typists.begin(ParticipantId.of(command[1]), WaveletName.parse(command[2]));
      case "hush" -> {
        return typists.hush();
      }
      case "refused" -> {
        return List.of(Boolean.toString(typists.isRefused()));
      }
      case "counts" -> {
        return typists.counts();
      }
      case "read" -> {
        return read(ParticipantId.of(command[1]), WaveletName.parse(command[2]));
      }
      case "stop" -> parts.stop(command[1]);
      case "start" -> parts.start(command[1]);
      case "restart" -> parts.restart(command[1]);
      case "update" -> parts.update(command[1]);
      case "refresh" -> parts.refresh(command[1]);
      case "feature:install" -> parts.install(rest(command));
      case "feature:uninstall" -> parts.uninstall(rest(command));
      case "serving" -> {
        return parts.serving(command[1]);
      }
      case "inactive" -> {
        return parts.inactive();
      }
      case "threads" -> {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
      }
      default -> throw new IllegalArgumentException("no such command");
    }
    return List.of();
  }

  private static Set<String> rest(String[] command) {
    return Set.copyOf(Arrays.asList(command).subList(1, command.length));
  }

  private String create(String[] users)
      throws ExecutionException, InterruptedException, TimeoutException {
    ParticipantId creator = ParticipantId.of(users[1]);
    WaveletName wavelet = waves().create(creator).toCompletableFuture().get();
    List<WaveletOperation> others =
        Arrays.stream(users)
            .skip(2)
            .<WaveletOperation>map(user -> new AddParticipant(ParticipantId.of(user)))
            .toList();
    waves()
        .submit(creator, wavelet, snapshot(creator, wavelet).version(), others)
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return wavelet.toString();
  }

  /** Version and hash; text. */
  private List<String> read(ParticipantId user, WaveletName wavelet)
      throws ExecutionException, InterruptedException, TimeoutException {
    WaveletSnapshot now = snapshot(user, wavelet);
    String text = Conversation.read(now.state()).orElseThrow().blips().get(0).text();
    return List.of(now.version().toString(), text);
  }

  private WaveletSnapshot snapshot(ParticipantId user, WaveletName wavelet)
      throws ExecutionException, InterruptedException, TimeoutException {
    return waves()
        .read(user, wavelet)
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private WaveService waves() {
    return service.get().orElseThrow();
  }
}
