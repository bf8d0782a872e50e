// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.shell.Acting;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.WaveletLookup;
import org.wavefed.shell.completer.Suggestions.Question;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;
import org.wavefed.wave.WaveletSummary;

/** What is known around a half-typed command. For one thread. */
final class Known {
  private static final int WAVES = 200;

  private final Question question;

  Known(Question question) {
    this.question = question;
  }

  Optional<WaveService> service() {
    return question.services().find(WaveService.class);
  }

  Set<String> localDomains() {
    return service().map(WaveService::localDomains).orElse(Set.of());
  }

  /** The acting user, if there is one already. */
  Optional<ParticipantId> user() {
    try {
      return Optional.of(
          Acting.user(question.session(), Acting.option(question.words()), localDomains()));
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  /** The acting user's waves. */
  List<WaveletSummary> waves() throws InterruptedException {
    Optional<WaveService> service = service();
    Optional<ParticipantId> user = user();
    return service.isPresent() && user.isPresent()
        ? Suggestions.briefly().await(service.get().list(user.get(), WAVES), "the waves")
        : List.of();
  }

  /** Everybody in the acting user's waves. */
  Stream<ParticipantId> participants() throws InterruptedException {
    return waves().stream().flatMap(wave -> wave.participants().stream()).distinct();
  }

  /** The wave among the words typed, or the one used last. */
  Optional<WaveletSnapshot> wave() throws InterruptedException {
    Optional<WaveletName> name = typedWave().or(() -> Acting.lastUsed(question.session()));
    Optional<WaveService> service = service();
    Optional<ParticipantId> user = user();
    return name.isPresent() && service.isPresent() && user.isPresent()
        ? Optional.of(
            Suggestions.briefly().await(service.get().read(user.get(), name.get()), "the wave"))
        : Optional.empty();
  }

  private Optional<WaveletName> typedWave() throws InterruptedException {
    WaveletLookup lookup = new WaveletLookup(waves());
    return question.words().stream()
        .skip(1)
        .filter(word -> word.contains("w+"))
        .flatMap(word -> found(lookup, word).stream())
        .findFirst();
  }

  private static Optional<WaveletName> found(WaveletLookup lookup, String word) {
    try {
      return Optional.of(lookup.find(word));
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  /** The conversation of {@link #wave()}. */
  Optional<Conversation> conversation() throws InterruptedException {
    return wave().flatMap(snapshot -> Conversation.read(snapshot.state()));
  }
}
