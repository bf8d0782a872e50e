// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.federation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;
import org.wavefed.transport.Route;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;

/**
 * Joins servers of one JVM. The wave service of a domain is {@code wave.<domain>}. Calls can be
 * lost, delayed and doubled, by a seed; domains can be down. Thread-safe.
 */
public final class InProcessNetwork implements AutoCloseable {
  private final ScheduledExecutorService wire =
      Executors.newScheduledThreadPool(2, task -> daemon(task));
  private final Random random;
  private final Map<String, FederationHandler> handlers = new ConcurrentHashMap<>();
  private final Map<String, FailureReason> down = new ConcurrentHashMap<>();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private volatile Faults faults = Faults.NONE;
  private volatile boolean refusalsAreSilent;

  /**
   * A call that was made.
   *
   * @param call {@code update}, {@code submit}, {@code history}, {@code signer}, {@code postSigner}
   *     or {@code ping}
   */
  public record Sent(Route route, String call, Object content) {}

  /**
   * @param seed decides what goes wrong
   */
  public InProcessNetwork(long seed) {
    random = new Random(seed);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "in-process-network");
    thread.setDaemon(true);
    return thread;
  }

  /** Calls to a domain go to this handler from now on. */
  public void serve(String domain, FederationHandler handler) {
    handlers.put(domain, handler);
  }

  /** Nobody answers for the domain any more: calls are refused. */
  public void stopServing(String domain) {
    handlers.remove(domain);
  }

  /** Calls to and from the domain are refused. */
  public void down(String domain) {
    down(domain, FailureReason.REFUSED);
  }

  /** Calls to and from the domain fail for the given reason. */
  public void down(String domain, FailureReason reason) {
    down.put(domain, reason);
  }

  /** The domain is back. */
  public void up(String domain) {
    down.remove(domain);
  }

  /** What goes wrong from now on. */
  public void faults(Faults now) {
    faults = now;
  }

  /** Whether a refused update is answered by nothing, as deployed servers do, or by an error. */
  public void refusalsAreSilent(boolean silent) {
    refusalsAreSilent = silent;
  }

  /** The calls made so far, in order. */
  public List<Sent> sent() {
    return sent;
  }

  /** Who calls from a domain to another. */
  public static Peer peer(String domain, String localDomain) {
    return new DomainPeer("wave." + domain, localDomain);
  }

  private record DomainPeer(String address, String localDomain) implements Peer {
    @Override
    public CompletionStage<Boolean> speaksFor(String domain) {
      return CompletableFuture.completedStage(address.equals("wave." + domain));
    }
  }

  /** The transport of the server of some domains. */
  public FederationTransport transport(String... domains) {
    return new InProcessTransport(Set.of(domains));
  }

  @Override
  public void close() {
    wire.shutdownNow();
  }

  private <T> CompletionStage<T> call(
      Route route,
      String name,
      Object content,
      Duration timeout,
      Function<FederationHandler, CompletionStage<T>> call) {
    sent.add(new Sent(route, name, content));
    CompletableFuture<T> outcome = new CompletableFuture<>();
    FederationHandler handler = handlers.get(route.peerDomain());
    @Nullable FailureReason unserved = handler == null ? FailureReason.REFUSED : null;
    @Nullable FailureReason reason =
        down.getOrDefault(route.peerDomain(), down.getOrDefault(route.localDomain(), unserved));
    if (reason != null) {
      outcome.completeExceptionally(
          new FederationException(reason, route.peerDomain() + " is down"));
      return outcome;
    }
    wire.schedule(() -> timeOut(route, name, outcome), timeout.toMillis(), TimeUnit.MILLISECONDS);
    Faults now = faults;
    if (!happens(now.lostRequests())) {
      boolean answered = !happens(now.lostAnswers());
      later(now, () -> arrive(handler, name, call, answered ? outcome : new CompletableFuture<>()));
    }
    if (name.equals("update") && happens(now.doubled())) {
      later(now, () -> arrive(handler, name, call, new CompletableFuture<>()));
    }
    return outcome;
  }

  private static void timeOut(Route route, String name, CompletableFuture<?> outcome) {
    outcome.completeExceptionally(
        new FederationException(
            FailureReason.TIMED_OUT, route.peerDomain() + " did not answer " + name));
  }

  private <T> void arrive(
      FederationHandler handler,
      String name,
      Function<FederationHandler, CompletionStage<T>> call,
      CompletableFuture<T> outcome) {
    Faults now = faults;
    call.apply(handler)
        .whenComplete(
            (value, failure) -> {
              if (failure == null) {
                later(now, () -> outcome.complete(value));
              } else if (!refusalsAreSilent || !name.equals("update")) {
                later(now, () -> outcome.completeExceptionally(cause(failure)));
              }
            });
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private boolean happens(double likelihood) {
    synchronized (random) {
      return likelihood > 0 && random.nextDouble() < likelihood;
    }
  }

  private void later(Faults now, Runnable task) {
    int delay;
    synchronized (random) {
      delay = now.mostDelayMillis() == 0 ? 0 : random.nextInt(now.mostDelayMillis() + 1);
    }
    if (!wire.isShutdown()) {
      wire.schedule(task, delay, TimeUnit.MILLISECONDS);
    }
  }

  private final class InProcessTransport implements FederationTransport {
    private final Set<String> domains;

    InProcessTransport(Set<String> domains) {
      this.domains = domains;
    }

    @Override
    public String kind() {
      return "in-process";
    }

    @Override
    public boolean serves(String localDomain) {
      return domains.contains(localDomain);
    }

    @Override
    public CompletionStage<String> discover(Route route, Duration timeout) {
      return CompletableFuture.completedStage("wave." + route.peerDomain());
    }

    @Override
    public CompletionStage<Void> ping(Route route, Duration timeout) {
      return call(
          route,
          "ping",
          "",
          timeout,
          handler -> {
            handler.pinged(from(route));
            return CompletableFuture.completedStage(null);
          });
    }

    @Override
    public CompletionStage<Void> update(Route route, WaveletUpdate update, Duration timeout) {
      return call(route, "update", update, timeout, handler -> handler.update(from(route), update));
    }

    @Override
    public CompletionStage<SubmitResult> submit(
        Route route, WaveletName wavelet, Bytes signedDelta, Duration timeout) {
      return call(
          route,
          "submit",
          signedDelta,
          timeout,
          handler -> handler.submit(from(route), wavelet, signedDelta));
    }

    @Override
    public CompletionStage<History> history(Route route, HistoryRequest request, Duration timeout) {
      return call(
          route, "history", request, timeout, handler -> handler.history(from(route), request));
    }

    @Override
    public CompletionStage<SignerInfo> signer(
        Route route, SignerRequest request, Duration timeout) {
      return call(
          route, "signer", request, timeout, handler -> handler.signer(from(route), request));
    }

    @Override
    public CompletionStage<Void> postSigner(Route route, SignerInfo signer, Duration timeout) {
      return call(
          route, "postSigner", signer, timeout, handler -> handler.postSigner(from(route), signer));
    }

    private Peer from(Route route) {
      return peer(route.localDomain(), route.peerDomain());
    }
  }
}
