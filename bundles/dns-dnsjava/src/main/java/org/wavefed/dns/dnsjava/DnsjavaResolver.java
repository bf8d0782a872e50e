// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.dns.CachedAnswer;
import org.wavefed.dns.DnsAnswer;
import org.wavefed.dns.DnsAnswer.Kind;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.wavefed.dns.DnsResolver;
import org.wavefed.dns.HostAddress;
import org.wavefed.dns.SrvRecord;
import org.wavefed.dns.dnsjava.ResponseReader.Meaning;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/**
 * Asks the configured nameservers, or those of the system. The same question asked again while it
 * is on its way is asked once; beyond {@value #QUESTIONS_MAX} questions under way, further ones are
 * refused. Thread-safe.
 */
@Component(
    service = DnsResolver.class,
    immediate = true,
    configurationPid = "org.wavefed.dns.dnsjava",
    property = "dns.kind=dnsjava")
@Designate(ocd = DnsjavaResolver.Config.class)
public final class DnsjavaResolver implements DnsResolver, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DnsjavaResolver.class);
  private static final int QUESTIONS_MAX = 1_000;
  private static final int ALIASES_MAX = 8;
  private static final long CLOSE_SECONDS = 5;

  /** What can be configured. */
  @ObjectClassDefinition(
      name = "Wavefed DNS",
      description = "Looks up where other domains' servers are.")
  public @interface Config {
    /** Whom to ask. */
    @AttributeDefinition(
        name = "Nameservers",
        description =
            "Addresses to ask, in order, separated by commas: 127.0.0.1, 127.0.0.1:5300, [::1]:53."
                + " Empty: those of the system.")
    String nameservers() default "";

    /** How long to wait for one answer. */
    @AttributeDefinition(
        name = "Time-out",
        description = "How long to wait for one nameserver, in milliseconds.",
        min = "50",
        max = "60000")
    int timeout_millis() default 2_000;

    /** How often to ask. */
    @AttributeDefinition(
        name = "Rounds",
        description = "How often each nameserver is asked before giving up.",
        min = "1",
        max = "10")
    int rounds() default 2;

    /** Whose validation to believe. */
    @AttributeDefinition(
        name = "Trusted nameservers",
        description =
            "Whether nameservers beyond loopback are believed when they say that an answer passed"
                + " DNSSEC validation.")
    boolean nameservers_trusted() default false;

    /** The bound of the cache. */
    @AttributeDefinition(
        name = "Cache size",
        description = "How many answers are kept at most.",
        min = "1",
        max = "1000000")
    int cache_answers_max() default 10_000;
  }

  private final Nameservers nameservers;
  private final AnswerCache cache;
  private final Map<Question, CompletableFuture<RecordSet>> underWay = new ConcurrentHashMap<>();
  private final ExecutorService executor;

  /** Used by Declarative Services. */
  @Activate
  public DnsjavaResolver(Config config) {
    this(
        NameserverAddresses.of(config.nameservers()),
        Duration.ofMillis(config.timeout_millis()),
        config.rounds(),
        config.nameservers_trusted(),
        config.cache_answers_max(),
        InstantSource.system());
    LOG.info("DNS is asked at {}", nameservers);
  }

  DnsjavaResolver(
      List<InetSocketAddress> addresses,
      Duration timeout,
      int rounds,
      boolean trusted,
      int cacheAnswersMax,
      InstantSource clock) {
    executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "wavefed-dns"));
    nameservers = new Nameservers(addresses, timeout, rounds, trusted, executor);
    cache = new AnswerCache(clock, cacheAnswersMax);
  }

  @Override
  public String description() {
    return "dnsjava, asking " + nameservers;
  }

  @Override
  public CompletionStage<DnsAnswer<SrvRecord>> srv(String name, Duration timeout) {
    return within(
        timeout,
        name,
        () ->
            find(Question.of(name, Type.SRV))
                .thenApply(set -> answer(set, DnsjavaResolver::service)));
  }

  @Override
  public CompletionStage<DnsAnswer<HostAddress>> addresses(String host, Duration timeout) {
    return within(timeout, host, () -> bothKinds(host));
  }

  private CompletableFuture<DnsAnswer<HostAddress>> bothKinds(String host) {
    Question four = Question.of(host, Type.A);
    Question six = Question.of(host, Type.AAAA);
    Function<Record, HostAddress> read = record -> address(four.text(), record);
    CompletableFuture<Outcome> inFour = outcome(find(four));
    CompletableFuture<Outcome> inSix = outcome(find(six));
    return inFour.thenCombine(inSix, (a, b) -> answer(Outcome.merge(a, b), read));
  }

  /** A record set, or why there is no answer. */
  private record Outcome(Optional<RecordSet> set, Optional<Throwable> failure) {
    /** One kind of address is enough; with none, a failure leaves open whether there are any. */
    static RecordSet merge(Outcome a, Outcome b) {
      List<RecordSet> found = new ArrayList<>();
      List<RecordSet> none = new ArrayList<>();
      for (Outcome outcome : List.of(a, b)) {
        outcome.set.ifPresent(s -> (s.kind() == Kind.FOUND ? found : none).add(s));
      }
      if (found.isEmpty() && none.size() < 2) {
        throw new CompletionException(a.failure.or(() -> b.failure).orElseThrow());
      }
      return found.isEmpty() ? union(none) : union(found);
    }

    private static RecordSet union(List<RecordSet> sets) {
      List<Record> records = sets.stream().flatMap(set -> set.records().stream()).toList();
      long seconds = sets.stream().mapToLong(RecordSet::seconds).min().orElse(0);
      boolean authenticated = sets.stream().allMatch(RecordSet::authenticated);
      return new RecordSet(sets.get(0).kind(), records, seconds, authenticated);
    }
  }

  private static CompletableFuture<Outcome> outcome(CompletableFuture<RecordSet> future) {
    return future.handle(
        (set, failure) -> new Outcome(Optional.ofNullable(set), Optional.ofNullable(failure)));
  }

  private CompletableFuture<RecordSet> find(Question question) {
    Optional<RecordSet> known = cache.get(question);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    if (underWay.size() >= QUESTIONS_MAX && !underWay.containsKey(question)) {
      return CompletableFuture.failedFuture(
          new DnsException(Reason.UNAVAILABLE, "too many questions under way; try later", null));
    }
    CompletableFuture<RecordSet> mine = new CompletableFuture<>();
    CompletableFuture<RecordSet> other = underWay.putIfAbsent(question, mine);
    if (other != null) {
      return other;
    }
    ask(question, 0).whenComplete((set, failure) -> finish(question, mine, set, failure));
    return mine;
  }

  // Aliases are not looked for among the questions under way: two that are aliases of each other
  // would
  // wait for each other.
  private CompletionStage<RecordSet> ask(Question question, int aliases) {
    return nameservers.ask(question).thenCompose(meaning -> resolve(question, meaning, aliases));
  }

  private void finish(
      Question question,
      CompletableFuture<RecordSet> future,
      @Nullable RecordSet set,
      @Nullable Throwable failure) {
    if (set != null) {
      cache.put(question, set);
    }
    underWay.remove(question, future);
    if (set != null) {
      future.complete(set);
    } else {
      future.completeExceptionally(failure);
    }
  }

  private CompletionStage<RecordSet> resolve(Question question, Meaning meaning, int aliases) {
    if (meaning instanceof Meaning.Answered answered) {
      return CompletableFuture.completedFuture(answered.set());
    }
    Meaning.Alias alias = (Meaning.Alias) meaning;
    if (aliases == ALIASES_MAX) {
      return CompletableFuture.failedFuture(
          new DnsException(
              Reason.BAD_ANSWER,
              question.text() + ": more than " + ALIASES_MAX + " aliases, or a loop of them",
              null));
    }
    return ask(alias.next(), aliases + 1)
        .thenApply(
            set ->
                new RecordSet(
                    set.kind(),
                    set.records(),
                    Math.min(set.seconds(), alias.seconds()),
                    set.authenticated() && alias.authenticated()));
  }

  private static <T> CompletionStage<T> within(
      Duration timeout, String name, Supplier<CompletableFuture<T>> call) {
    CompletableFuture<T> future;
    try {
      future = call.get();
    } catch (DnsException e) {
      return CompletableFuture.failedFuture(e);
    }
    return future
        .copy()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(plain(name, failure)));
  }

  private static Throwable plain(String name, Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof TimeoutException
        ? new DnsException(Reason.TIMED_OUT, name + ": no answer in time", cause)
        : cause;
  }

  private static <T> DnsAnswer<T> answer(RecordSet set, Function<Record, T> read) {
    return new DnsAnswer<>(
        set.kind(),
        set.records().stream().map(read).toList(),
        Duration.ofSeconds(set.seconds()),
        set.authenticated());
  }

  private static SrvRecord service(Record record) {
    SRVRecord srv = (SRVRecord) record;
    Name target = srv.getTarget();
    String host = target.equals(Name.root) ? "" : target.toString(true).toLowerCase(Locale.ROOT);
    return new SrvRecord(srv.getPriority(), srv.getWeight(), srv.getPort(), host);
  }

  private static HostAddress address(String host, Record record) {
    return new HostAddress(
        host,
        record instanceof AAAARecord six ? six.getAddress() : ((ARecord) record).getAddress());
  }

  @Override
  public List<CachedAnswer> cached() {
    return cache.list();
  }

  @Override
  public void flush(Optional<String> name) {
    name.ifPresentOrElse(cache::remove, cache::clear);
  }

  @Override
  @Deactivate
  public void close() throws InterruptedException {
    // dnsjava keeps one selector thread for all of the process; it starts again when it is needed.
    NioClient.close();
    executor.shutdown();
    if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
      executor.shutdownNow();
    }
  }
}
