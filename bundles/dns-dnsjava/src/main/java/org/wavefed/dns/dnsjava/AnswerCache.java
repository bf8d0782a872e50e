// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.wavefed.dns.CachedAnswer;
import org.wavefed.dns.DnsAnswer.Kind;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.HostAddress;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Keeps answers for as long as they may be used. Bounded: when it is full, the one not used for the
 * longest time goes. Thread-safe.
 */
final class AnswerCache {
  private record Entry(RecordSet set, Instant end) {}

  private final InstantSource clock;
  private final Map<Question, Entry> entries;

  AnswerCache(InstantSource clock, int answersMax) {
    this.clock = clock;
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Question, Entry> eldest) {
            return size() > answersMax;
          }
        };
  }

  /** The answer with the time that it has left, if it still may be used. */
  synchronized Optional<RecordSet> get(Question question) {
    Entry entry = entries.get(question);
    if (entry == null) {
      return Optional.empty();
    }
    long left = Duration.between(clock.instant(), entry.end).toSeconds();
    if (left <= 0) {
      entries.remove(question);
      return Optional.empty();
    }
    RecordSet set = entry.set;
    return Optional.of(new RecordSet(set.kind(), set.records(), left, set.authenticated()));
  }

  synchronized void put(Question question, RecordSet set) {
    if (set.seconds() > 0) {
      entries.put(question, new Entry(set, clock.instant().plusSeconds(set.seconds())));
    }
  }

  synchronized void clear() {
    entries.clear();
  }

  synchronized void remove(String name) {
    try {
      Question any = Question.of(name, Type.ANY);
      entries.keySet().removeIf(question -> question.name().equals(any.name()));
    } catch (DnsException noName) {
      // Then nothing is kept for it.
      return;
    }
  }

  synchronized List<CachedAnswer> list() {
    List<CachedAnswer> list = new ArrayList<>();
    // A copy of the keys, since reading an entry of this map moves or removes it.
    for (Question question : List.copyOf(entries.keySet())) {
      get(question)
          .ifPresent(
              set ->
                  list.add(
                      new CachedAnswer(
                          question.text(),
                          question.typeText(),
                          describe(set),
                          Duration.ofSeconds(set.seconds()),
                          set.authenticated())));
    }
    return list;
  }

  private static String describe(RecordSet set) {
    if (set.kind() != Kind.FOUND) {
      return set.kind() == Kind.NO_SUCH_NAME ? "no such name" : "no records";
    }
    return set.records().stream().map(AnswerCache::describe).collect(Collectors.joining(", "));
  }

  private static String describe(Record answer) {
    return answer instanceof AAAARecord six
        ? HostAddress.text(six.getAddress())
        : answer.rdataToString();
  }
}
