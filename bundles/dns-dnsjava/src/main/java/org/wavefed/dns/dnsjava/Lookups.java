// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.wavefed.dns.dnsjava.ResponseReader.Meaning;

/**
 * Answers questions from the cache or by asking. The same question asked again while it is on its
 * way is asked once; when too many are under way, further ones are refused. Thread-safe.
 */
final class Lookups {
  private static final int ALIASES_MAX = 8;

  private final Nameservers nameservers;
  private final AnswerCache cache;
  private final Semaphore room;
  private final Map<Question, CompletableFuture<RecordSet>> underWay = new ConcurrentHashMap<>();

  Lookups(Nameservers nameservers, AnswerCache cache, int questionsMax) {
    this.nameservers = nameservers;
    this.cache = cache;
    this.room = new Semaphore(questionsMax);
  }

  CompletableFuture<RecordSet> find(Question question) {
    Optional<RecordSet> known = cache.get(question);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    CompletableFuture<RecordSet> mine = new CompletableFuture<>();
    CompletableFuture<RecordSet> other = underWay.putIfAbsent(question, mine);
    if (other != null) {
      return other;
    }
    if (!room.tryAcquire()) {
      underWay.remove(question, mine);
      mine.completeExceptionally(
          new DnsException(Reason.UNAVAILABLE, "too many questions under way; try later", null));
      return mine;
    }
    ask(question, 0).whenComplete((set, failure) -> finish(question, mine, set, failure));
    return mine;
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
    room.release();
    if (set != null) {
      future.complete(set);
    } else {
      future.completeExceptionally(failure);
    }
  }

  // What an alias stands for is not looked for among the questions under way: two that are aliases
  // of each other would wait for each other.
  private CompletionStage<RecordSet> ask(Question question, int aliases) {
    return nameservers.ask(question).thenCompose(meaning -> resolve(question, meaning, aliases));
  }

  private CompletionStage<RecordSet> resolve(Question question, Meaning meaning, int aliases) {
    if (meaning instanceof Meaning.Answered answered) {
      return CompletableFuture.completedFuture(answered.set());
    }
    if (aliases == ALIASES_MAX) {
      return CompletableFuture.failedFuture(
          new DnsException(
              Reason.BAD_ANSWER,
              question.text() + ": more than " + ALIASES_MAX + " aliases, or a loop of them",
              null));
    }
    Meaning.Alias alias = (Meaning.Alias) meaning;
    return ask(alias.next(), aliases + 1).thenApply(set -> behind(alias, set));
  }

  private static RecordSet behind(Meaning.Alias alias, RecordSet set) {
    return new RecordSet(
        set.kind(),
        set.records(),
        Math.min(set.seconds(), alias.seconds()),
        set.authenticated() && alias.authenticated());
  }
}
