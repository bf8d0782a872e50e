// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.configuration.CheckedConfiguration;
import org.wavefed.configuration.Within;
import org.wavefed.dns.CachedAnswer;
import org.wavefed.dns.DnsAnswer;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.wavefed.dns.DnsResolver;
import org.wavefed.dns.HostAddress;
import org.wavefed.dns.SrvRecord;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
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
    @Within(least = 50, most = 60_000)
    int timeout_millis() default 2_000;

    /** How often to ask. */
    @AttributeDefinition(
        name = "Rounds",
        description = "How often each nameserver is asked before giving up.",
        min = "1",
        max = "10")
    @Within(least = 1, most = 10)
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
    @Within(least = 1, most = 1_000_000)
    int cache_answers_max() default 10_000;
  }

  private final DnsIo io = new DnsIo();
  private final InstantSource clock;
  private volatile Asking asking;

  /** What a changed configuration replaces as a whole. */
  private record Asking(Nameservers nameservers, AnswerCache cache, Lookups lookups) {}

  /** Starts with what makes sense of the configuration; the log says what does not. */
  @Activate
  public DnsjavaResolver(Map<String, Object> properties) {
    clock = InstantSource.system();
    var read = read(properties);
    DnsSettings settings = DnsSettings.ofNobody(read.orDefaults(LOG::error));
    try {
      settings = DnsSettings.of(read.values());
    } catch (IllegalArgumentException e) {
      // Whoever names nameservers may not want those of the system to know what is asked.
      LOG.error("{}; nobody is asked until it is right", e.getMessage());
    }
    asking = asking(settings);
    LOG.info("DNS is asked at {}", asking.nameservers());
  }

  DnsjavaResolver(DnsSettings settings, InstantSource clock) {
    this.clock = clock;
    asking = asking(settings);
  }

  /** Takes a changed configuration, if all of it makes sense; questions under way end as begun. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      asking = asking(DnsSettings.of(read(properties).orRefuse()));
      LOG.info("DNS is asked at {}", asking.nameservers());
    } catch (IllegalArgumentException e) {
      LOG.error("{}; DNS is asked at {} as before", e.getMessage(), asking.nameservers());
    }
  }

  private static CheckedConfiguration<Config> read(Map<String, Object> properties) {
    var read = CheckedConfiguration.of(Config.class, DnsSettings.FILE, properties, "dns.kind");
    read.warnings().forEach(LOG::warn);
    return read;
  }

  private Asking asking(DnsSettings settings) {
    Nameservers nameservers = new Nameservers(settings, io);
    AnswerCache cache = new AnswerCache(clock, settings.cacheAnswersMax());
    return new Asking(nameservers, cache, new Lookups(nameservers, cache, QUESTIONS_MAX));
  }

  @Override
  public String description() {
    return "dnsjava, asking " + asking.nameservers();
  }

  @Override
  public CompletionStage<DnsAnswer<SrvRecord>> srv(String name, Duration timeout) {
    return within(
        timeout,
        name,
        () ->
            asking
                .lookups()
                .find(Question.of(name, Type.SRV))
                .thenApply(set -> answer(set, DnsjavaResolver::service)));
  }

  @Override
  public CompletionStage<DnsAnswer<HostAddress>> addresses(String host, Duration timeout) {
    return within(timeout, host, () -> bothKinds(host));
  }

  private CompletableFuture<DnsAnswer<HostAddress>> bothKinds(String host) {
    Question four = Question.of(host, Type.A);
    Question six = Question.of(host, Type.AAAA);
    Lookups lookups = asking.lookups();
    return AddressPair.join(lookups.find(four), lookups.find(six))
        .thenApply(set -> answer(set, record -> address(four.text(), record)));
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
    return asking.cache().list();
  }

  @Override
  public void flush(Optional<String> name) {
    AnswerCache cache = asking.cache();
    name.ifPresentOrElse(cache::remove, cache::clear);
  }

  @Override
  @Deactivate
  public void close() throws InterruptedException {
    io.close();
  }
}
