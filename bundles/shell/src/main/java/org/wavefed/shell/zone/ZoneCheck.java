// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.zone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.wavefed.dns.HostAddress;
import org.wavefed.shell.zone.Finding.Verdict;

/**
 * Compares what a domain publishes with what it needs. Pure: what is published is looked up by
 * somebody else.
 */
public final class ZoneCheck {
  private final Map<String, Set<String>> published;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param published the data of records by {@link #key}; a key without data was looked up in vain
   */
  public ZoneCheck(Map<String, Set<String>> published) {
    this.published = new TreeMap<>(published);
  }

  /** How a lookup is named: the type, a space and the name. */
  public static String key(String type, String name) {
    return type + " " + name;
  }

  /** Compares with a plan. */
  public List<Finding> compare(ZonePlan plan) {
    Map<String, Set<String>> wanted = new TreeMap<>();
    plan.records()
        .forEach(
            record ->
                wanted
                    .computeIfAbsent(key(record.type(), record.name()), key -> new TreeSet<>())
                    .add(record.data()));
    for (String host : plan.hosts()) {
      services(ZonePlan.STARTTLS + host, wanted);
      services(ZonePlan.DIRECT + host, wanted);
    }
    addresses(wanted, nearBy(plan));
    return List.copyOf(findings);
  }

  private static Set<String> nearBy(ZonePlan plan) {
    return plan.targets().stream()
        .flatMap(target -> target.addresses().stream())
        .filter(Ip::isNearBy)
        .map(HostAddress::text)
        .collect(Collectors.toSet());
  }

  private Set<String> at(String key) {
    return published.getOrDefault(key, Set.of());
  }

  private void services(String name, Map<String, Set<String>> wanted) {
    String key = key("SRV", name);
    Set<String> needed = wanted.getOrDefault(key, Set.of());
    Set<String> there = at(key);
    if (needed.isEmpty() && there.isEmpty()) {
      return;
    }
    if (there.isEmpty()) {
      needed.forEach(data -> missing(key, "publish: " + name + ". IN SRV " + data));
    }
    there.forEach(data -> findings.add(service(key, data, needed)));
    Set<String> left = new TreeSet<>(needed);
    left.removeAll(there);
    if (!there.isEmpty() && there.stream().noneMatch(data -> leadsHere(data, needed))) {
      left.forEach(data -> missing(key, "publish: " + name + ". IN SRV " + data));
    }
  }

  private boolean hasAddress(String host) {
    return !at(key("A", host)).isEmpty() || !at(key("AAAA", host)).isEmpty();
  }

  private static boolean leadsHere(String data, Set<String> needed) {
    return portsOf(data, needed).contains(port(data));
  }

  /** The ports planned for a record's target; for a target that no plan knows, those of all. */
  private static Set<String> portsOf(String data, Set<String> needed) {
    Set<String> same =
        needed.stream()
            .filter(wanted -> target(wanted).equals(target(data)))
            .collect(Collectors.toSet());
    return (same.isEmpty() ? needed : same)
        .stream().map(ZoneCheck::port).collect(Collectors.toCollection(TreeSet::new));
  }

  private Finding service(String key, String data, Set<String> needed) {
    if (target(data).isEmpty()) {
      return new Finding(
          key, data, Verdict.WRONG, "a target of '.' says that the domain does not federate");
    }
    if (!hasAddress(target(data))) {
      return new Finding(key, data, Verdict.WRONG, target(data) + " has no address");
    }
    if (needed.contains(data)) {
      return Finding.ok(key, data);
    }
    if (needed.isEmpty()) {
      return new Finding(key, data, Verdict.WRONG, "nothing listens for it: take the record out");
    }
    if (!leadsHere(data, needed)) {
      return new Finding(
          key,
          data,
          Verdict.DIFFERS,
          "others connect to port "
              + port(data)
              + ", the plan says "
              + String.join(", ", portsOf(data, needed)));
    }
    return new Finding(key, data, Verdict.OK, "the plan says " + String.join(", ", needed));
  }

  /** The addresses of every target that is published, or that the plan wants. */
  private void addresses(Map<String, Set<String>> wanted, Set<String> nearBy) {
    Set<String> known = new TreeSet<>();
    for (Map.Entry<String, Set<String>> entry : wanted.entrySet()) {
      if (!entry.getKey().startsWith("SRV ")) {
        known.addAll(entry.getValue());
      }
    }
    Set<String> keys = new TreeSet<>(published.keySet());
    keys.removeIf(key -> key.startsWith("SRV "));
    for (String key : keys) {
      for (String data : at(key)) {
        boolean ours = known.isEmpty() || known.contains(data);
        findings.add(
            ours
                ? Finding.ok(key, data)
                : new Finding(
                    key,
                    data,
                    Verdict.DIFFERS,
                    "no address of this server; right if a router or another server is there"));
      }
    }
    wanted.forEach(
        (key, data) -> {
          if (!key.startsWith("SRV ") && isWanted(key) && at(key).isEmpty()) {
            // Others do without an address of ours that they cannot reach, if there is another.
            data.stream()
                .filter(one -> !hasAddress(name(key)) || !nearBy.contains(one))
                .forEach(
                    one -> missing(key, "publish: " + name(key) + ". IN " + type(key) + " " + one));
          }
        });
  }

  /** Not if SRV records are published that lead elsewhere. */
  private boolean isWanted(String key) {
    Set<String> targets =
        published.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("SRV "))
            .flatMap(entry -> entry.getValue().stream())
            .map(ZoneCheck::target)
            .collect(Collectors.toSet());
    return targets.isEmpty() || targets.contains(name(key));
  }

  private void missing(String key, String advice) {
    findings.add(new Finding(key, "", Verdict.MISSING, advice));
  }

  private static String type(String key) {
    return key.substring(0, key.indexOf(' '));
  }

  private static String name(String key) {
    return key.substring(key.indexOf(' ') + 1);
  }

  private static String port(String srv) {
    return srv.split(" ", -1)[2];
  }

  /** The name of an SRV record's target without the dot; empty if it is the root. */
  public static String target(String srv) {
    String target = srv.split(" ", -1)[3];
    return target.substring(0, target.length() - 1);
  }
}
