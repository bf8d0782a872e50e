// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.wavefed.crypto.x509.Settings;
import org.wavefed.crypto.x509.X509Crypto;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.server.Domains;
import org.wavefed.server.Limits;
import org.wavefed.server.WaveServer;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.rocksdb.RocksDbDeltaStore;
import org.wavefed.wave.Watcher;
import org.wavefed.wave.WaveletChange;
import org.wavefed.wave.WaveletSnapshot;

/**
 * The program of one organisation with a whole server: store, signatures, transport, and one user,
 * {@code user@DOMAIN}. Does what it reads line by line, and ends when its input does:
 *
 * <pre>
 * clock                          what System.nanoTime says
 * create COUNT PARTICIPANT       wavelets with one more participant; prints their names
 * watch NAME...                  as soon as they are there
 * type PACE PER-SECOND MILLISECONDS NAME...    prints how many were accepted, and how many not
 * await COUNT                    until so many changes were seen
 * flush FILE                     see {@link Marks}
 * </pre>
 */
final class Organisation {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Marks marks = new Marks();
  private final ParticipantId user;
  private final WaveServer server;

  private Organisation(String domain, String port, Path folder, String records) {
    this.user = new ParticipantId("user@" + domain);
    DeltaStore store =
        MarkingStore.around(new RocksDbDeltaStore(folder.resolve("store-" + domain)), marks);
    X509Crypto crypto =
        new X509Crypto(
            Settings.of(folder.resolve("ca.crt"), folder.resolve("signing-" + domain)),
            InstantSource.system());
    crypto.bindStore(store);
    this.server = new WaveServer(Domains.of(List.of(domain)), Limits.DEFAULTS, Clock.systemUTC());
    server.setSigner(crypto);
    server.setVerifier(crypto);
    server.setSigners(crypto);
    server.setStore(store);
    server.addTransport(S2s.start(domain, port, folder, records, true, crypto, server), Map.of());
  }

  /** Arguments: domain, port, folder, DNS records. */
  public static void main(String[] arguments) throws Exception {
    Organisation organisation =
        new Organisation(arguments[0], arguments[1], Path.of(arguments[2]), arguments[3]);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(organisation.obey(line.split(" ", -1)));
    }
    System.exit(0);
  }

  private String obey(String[] words) throws InterruptedException, IOException {
    try {
      return switch (words[0]) {
        case "clock" -> String.valueOf(System.nanoTime());
        case "create" -> create(Integer.parseInt(words[1]), new ParticipantId(words[2]));
        case "watch" -> watch(names(words, 1));
        case "type" -> type(words);
        case "await" -> await(Integer.parseInt(words[1]));
        case "flush" -> flush(Path.of(words[1]));
        default -> "failed: what is " + words[0];
      };
    } catch (ExecutionException | TimeoutException e) {
      return "failed: " + e;
    }
  }

  private static List<WaveletName> names(String[] words, int from) {
    return Arrays.stream(words).skip(from).map(WaveletName::parseUri).toList();
  }

  private String create(int count, ParticipantId participant)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      WaveletName name = done(server.create(user));
      WaveletSnapshot now = done(server.read(user, name));
      done(server.submit(user, name, now.version(), List.of(new AddParticipant(participant))));
      names.add(name.toUri());
    }
    return String.join(" ", names);
  }

  private String watch(List<WaveletName> names)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (WaveletName name : names) {
      watch(name);
    }
    return "watching";
  }

  private void watch(WaveletName name)
      throws InterruptedException, ExecutionException, TimeoutException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        done(server.watch(user, name, new Marker(name)));
        return;
      } catch (ExecutionException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
    }
  }

  private String type(String[] words)
      throws InterruptedException, ExecutionException, TimeoutException {
    return new Typing(server, user, names(words, 4), marks)
        .run(
            Typing.Pace.valueOf(words[1]),
            Double.parseDouble(words[2]),
            Duration.ofMillis(Long.parseLong(words[3])));
  }

  private String await(int count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (marks.seen() < count && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
    int seen = marks.seen();
    return seen < count ? "failed: saw " + seen + " changes of " + count : "seen";
  }

  private String flush(Path file) throws IOException {
    marks.flush(file);
    return "written";
  }

  private static <T> T done(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Marks what it is told. */
  private final class Marker implements Watcher {
    private final WaveletName name;

    Marker(WaveletName name) {
      this.name = name;
    }

    @Override
    public void opened(WaveletSnapshot snapshot) {}

    @Override
    public void changed(WaveletChange change) {
      marks.add(Marks.What.SEEN, name, change.resulting().version(), System.nanoTime());
    }

    @Override
    public void closed(String reason) {
      System.err.println("the watch of " + name + " ended: " + reason);
    }
  }
}
