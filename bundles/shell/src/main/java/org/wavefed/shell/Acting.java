// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.console.Session;
import org.wavefed.model.id.InvalidIdException;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;

/** What a console session remembers: the acting user and the wave used last. */
public final class Acting {
  private static final String USER = "wave.user";
  private static final String LAST = "wave.last";

  private Acting() {}

  /**
   * The acting user.
   *
   * @param as what {@code --as} says, empty without it
   * @param localDomains the domains whose users may act here; empty if that is not known
   * @throws Refusal if neither the option nor the session names one, or it is no user of ours
   */
  public static ParticipantId user(Session session, String as, Set<String> localDomains) {
    String typed = as.isEmpty() ? remembered(session, USER).orElse("") : as;
    if (typed.isEmpty()) {
      throw new Refusal(
          "nobody to act as: put --as user@domain before the arguments,"
              + " or set a user for this session with wave:as user@domain");
    }
    return Addresses.user(typed, localDomains);
  }

  /** The user set for this session. */
  public static Optional<String> sessionUser(Session session) {
    return remembered(session, USER);
  }

  /** Sets the user for this session; an empty text takes it back. */
  public static void setSessionUser(Session session, String user) {
    session.put(USER, user);
  }

  /** Remembers the wave used last, for the completion of blips. */
  public static void used(Session session, WaveletName wavelet) {
    session.put(LAST, wavelet.toString());
  }

  /** The wave used last. */
  public static Optional<WaveletName> lastUsed(Session session) {
    try {
      return remembered(session, LAST).map(WaveletName::parse);
    } catch (InvalidIdException e) {
      return Optional.empty();
    }
  }

  /** What {@code --as} says among words typed so far; empty without it. */
  public static String option(List<String> words) {
    int at = words.indexOf("--as");
    if (at >= 0 && at + 1 < words.size()) {
      return words.get(at + 1);
    }
    return words.stream()
        .filter(word -> word.startsWith("--as="))
        .map(word -> word.substring("--as=".length()))
        .findFirst()
        .orElse("");
  }

  private static Optional<String> remembered(Session session, String name) {
    return Optional.ofNullable(session.get(name))
        .map(Object::toString)
        .filter(value -> !value.isEmpty());
  }
}
