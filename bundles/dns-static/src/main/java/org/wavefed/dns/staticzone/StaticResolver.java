// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.staticzone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.configuration.CheckedConfiguration;
import org.wavefed.dns.CachedAnswer;
import org.wavefed.dns.DnsAnswer;
import org.wavefed.dns.DnsAnswer.Kind;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.wavefed.dns.DnsResolver;
import org.wavefed.dns.HostAddress;
import org.wavefed.dns.SrvRecord;
import org.wavefed.dns.staticzone.Zone.Data;

/**
 * Answers from configured records alone, for laptops, labs and closed networks. What it is told it
 * believes: every answer counts as authenticated. Needs a configuration to be there. Records that
 * cannot be read are a line in the log, and those before them count; without any before, nothing is
 * answered, since a name that is not known would count as one that does not exist. Thread-safe.
 */
@Component(
    service = DnsResolver.class,
    immediate = true,
    configurationPid = "org.wavefed.dns.static",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {"dns.kind=static", "service.ranking:Integer=100"})
@Designate(ocd = StaticResolver.Config.class)
public final class StaticResolver implements DnsResolver {
  private static final Logger LOG = LoggerFactory.getLogger(StaticResolver.class);
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final String NOTHING = "nothing is answered until " + Zone.FILE + " is right";

  /** What can be configured. */
  @ObjectClassDefinition(
      name = "Wavefed static DNS",
      description = "Where other domains' servers are, without asking any nameserver.")
  public @interface Config {
    /** The records. */
    @AttributeDefinition(
        name = "Records",
        description =
            "Records separated by commas: NAME SRV PRIORITY WEIGHT PORT TARGET, NAME A ADDRESS, NAME"
                + " AAAA ADDRESS, NAME CNAME TARGET.")
    String records() default "";
  }

  /** Null until records could be read. */
  private volatile @Nullable Zone zone;

  /** Used by Declarative Services. */
  @Activate
  public StaticResolver(Map<String, Object> properties) {
    modified(properties);
  }

  /** Takes other records, if they can be read. */
  @Modified
  void modified(Map<String, Object> properties) {
    var read = CheckedConfiguration.of(Config.class, Zone.FILE, properties, "dns.kind");
    read.warnings().forEach(LOG::warn);
    try {
      zone = Zone.parse(read.values().records());
    } catch (IllegalArgumentException e) {
      LOG.error("{}; {}", e.getMessage(), zone == null ? NOTHING : "the records stay as they were");
    }
  }

  @Override
  public String description() {
    Zone known = zone;
    return known == null
        ? "static, " + NOTHING
        : "static, " + known.all().size() + " names from " + Zone.FILE;
  }

  @Override
  public CompletionStage<DnsAnswer<SrvRecord>> srv(String name, Duration timeout) {
    return find(
        name,
        (asked, data) ->
            data instanceof Data.Service service ? Optional.of(service.srv()) : Optional.empty());
  }

  @Override
  public CompletionStage<DnsAnswer<HostAddress>> addresses(String host, Duration timeout) {
    return find(
        host,
        (asked, data) ->
            data instanceof Data.Address address
                ? Optional.of(new HostAddress(asked, address.address()))
                : Optional.empty());
  }

  private <T> CompletionStage<DnsAnswer<T>> find(
      String text, BiFunction<String, Data, Optional<T>> read) {
    try {
      return CompletableFuture.completedFuture(answer(zone(), Zone.name(text), read));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          new DnsException(
              Reason.BAD_NAME, "'" + text + "' is not a domain name: " + e.getMessage(), e));
    } catch (DnsException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Zone zone() {
    Zone known = zone;
    if (known == null) {
      throw new DnsException(Reason.UNAVAILABLE, NOTHING, null);
    }
    return known;
  }

  private static <T> DnsAnswer<T> answer(
      Zone zone, String asked, BiFunction<String, Data, Optional<T>> read) {
    String name = withoutAliases(zone, asked);
    List<T> found = new ArrayList<>();
    zone.at(name).forEach(data -> read.apply(asked, data).ifPresent(found::add));
    Kind none = zone.has(name) ? Kind.NO_RECORDS : Kind.NO_SUCH_NAME;
    return new DnsAnswer<>(found.isEmpty() ? none : Kind.FOUND, found, FOREVER, false);
  }

  private static String withoutAliases(Zone zone, String asked) {
    Set<String> seen = new HashSet<>();
    String name = asked;
    while (seen.add(name)) {
      Optional<String> target =
          zone.at(name).stream()
              .filter(Data.Alias.class::isInstance)
              .map(data -> ((Data.Alias) data).target())
              .findFirst();
      if (target.isEmpty()) {
        return name;
      }
      name = target.get();
    }
    throw new DnsException(Reason.BAD_ANSWER, asked + ": a loop of aliases at " + name, null);
  }

  /** The configured records: they are all that there is. */
  @Override
  public List<CachedAnswer> cached() {
    List<CachedAnswer> list = new ArrayList<>();
    Zone known = zone;
    if (known == null) {
      return list;
    }
    known
        .all()
        .forEach(
            (name, records) ->
                records.forEach(
                    data ->
                        list.add(new CachedAnswer(name, type(data), text(data), FOREVER, false))));
    return list;
  }

  private static String type(Data data) {
    if (data instanceof Data.Address address) {
      return address.address().getAddress().length == 4 ? "A" : "AAAA";
    }
    return data instanceof Data.Service ? "SRV" : "CNAME";
  }

  private static String text(Data data) {
    if (data instanceof Data.Address address) {
      return HostAddress.text(address.address());
    }
    if (data instanceof Data.Alias alias) {
      return alias.target();
    }
    SrvRecord srv = ((Data.Service) data).srv();
    return "%d %d %d %s.".formatted(srv.priority(), srv.weight(), srv.port(), srv.target());
  }

  /** Does nothing: configured records are not forgotten. */
  @Override
  public void flush(Optional<String> name) {}
}
