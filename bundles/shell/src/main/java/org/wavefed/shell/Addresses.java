// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.net.IDN;
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

  /** A participant who can be added to a wave: {@code user@domain}, or {@code @domain} for all. */
  public static ParticipantId participant(String typed) {
    refuseOption(typed);
    if (typed.indexOf('@') < 0) {
      throw malformed(typed, "write user@domain, or @domain for everyone there");
    }
    try {
      return ParticipantId.toAdd(typed);
    } catch (InvalidIdException e) {
      throw malformed(typed, String.valueOf(e.getMessage()));
    }
  }

  private static Refusal malformed(String typed, String why) {
    return new Refusal("'" + Printable.of(typed) + "' is no participant: " + why);
  }

  /** Refuses an option where a name has to be. */
  public static void refuseOption(String typed) {
    if (typed.startsWith("-")) {
      throw new Refusal(
          "'" + Printable.of(typed) + "' stands behind an argument: options come first");
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

  /** A domain by its name in the DNS: in lower case, other letters in A-labels (RFC 5890). */
  public static String domain(String typed) {
    String domain = ascii(typed);
    if (domain.length() > 253 || !DOMAIN.matcher(domain).matches()) {
      throw noDomain(typed);
    }
    return domain;
  }

  private static String ascii(String typed) {
    try {
      return IDN.toASCII(typed, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw noDomain(typed);
    }
  }

  private static Refusal noDomain(String typed) {
    return new Refusal(
        "'" + Printable.of(typed) + "' is no domain: write one such as initech.example");
  }
}
