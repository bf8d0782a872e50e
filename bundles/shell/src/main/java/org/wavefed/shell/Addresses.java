// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.wavefed.model.id.InvalidIdException;
import org.wavefed.model.id.ParticipantId;

/** Reads the addresses that people type. Every fault is a {@link Refusal}. */
public final class Addresses {
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private Addresses() {}

  /** Participants, all well formed, none twice. */
  public static List<ParticipantId> participants(List<String> typed) {
    return typed.stream().map(Addresses::participant).distinct().toList();
  }

  /** A participant: {@code user@domain}, or {@code @domain} for everyone there. */
  public static ParticipantId participant(String typed) {
    if (typed.startsWith("-")) {
      throw new Refusal(
          "'" + Printable.of(typed) + "' stands behind an argument: options come first");
    }
    if (typed.indexOf('@') < 0) {
      throw new Refusal(
          "'"
              + Printable.of(typed)
              + "' is no participant: write user@domain, or @domain for everyone there");
    }
    try {
      ParticipantId participant = ParticipantId.of(typed);
      domain(participant.domain());
      return participant;
    } catch (InvalidIdException e) {
      throw new Refusal(String.valueOf(e.getMessage()), e);
    }
  }

  /** A user of this server: no domain participant, and of one of its domains. */
  public static ParticipantId user(String typed, Set<String> localDomains) {
    ParticipantId user = participant(typed);
    if (user.isDomain()) {
      throw new Refusal("'" + user + "' is a whole domain: act as one user, such as alice" + user);
    }
    if (!localDomains.isEmpty() && !localDomains.contains(user.domain())) {
      throw new Refusal(
          user + " is no user of this server, which serves " + String.join(", ", localDomains));
    }
    return user;
  }

  /** A domain, in lower case. */
  public static String domain(String typed) {
    String domain = typed.toLowerCase(Locale.ROOT);
    if (domain.length() > 253 || !DOMAIN.matcher(domain).matches()) {
      throw new Refusal(
          "'" + Printable.of(typed) + "' is no domain: write one such as initech.example");
    }
    return domain;
  }
}
