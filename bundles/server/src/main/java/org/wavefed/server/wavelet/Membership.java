// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;

/**
 * Which domains have, or had, a participant in a wavelet. Immutable.
 *
 * @param until for each domain the version up to which it may know the wavelet: {@link #PRESENT}
 *     while it has a participant, then the version after the delta that removed its last one
 */
public record Membership(Map<String, Long> until) {
  /** No end: the domain has a participant. */
  public static final long PRESENT = Long.MAX_VALUE;

  /** Nobody was ever in it. */
  public static final Membership NONE = new Membership(Map.of());

  /** Copies the map. */
  public Membership {
    until = Map.copyOf(until);
  }

  /** The version up to which a domain may know the wavelet; 0 if it never had a participant. */
  public long until(String domain) {
    return until.getOrDefault(domain, 0L);
  }

  /** Whether the domain has a participant. */
  public boolean has(String domain) {
    return until(domain) == PRESENT;
  }

  /** The domains that have a participant. */
  public Set<String> present() {
    return until.keySet().stream().filter(this::has).collect(Collectors.toUnmodifiableSet());
  }

  /** The domains that have a participant and had none in an earlier membership. */
  public Set<String> joinedSince(Membership earlier) {
    return this == earlier
        ? Set.of()
        : present().stream()
            .filter(domain -> !earlier.has(domain))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The membership after a delta.
   *
   * @param operations what it did
   * @param participants the participants after it
   * @param version the version after it
   */
  public Membership after(
      List<WaveletOperation> operations, List<ParticipantId> participants, long version) {
    if (operations.stream().noneMatch(Membership::concernsParticipants)) {
      return this;
    }
    Set<String> present = new HashSet<>();
    participants.forEach(participant -> present.add(participant.domain()));
    present.remove("");
    Map<String, Long> next = new HashMap<>(until);
    next.replaceAll((domain, end) -> end == PRESENT ? (Long) version : end);
    present.forEach(domain -> next.put(domain, PRESENT));
    return new Membership(next);
  }

  private static boolean concernsParticipants(WaveletOperation operation) {
    return operation instanceof AddParticipant || operation instanceof RemoveParticipant;
  }
}
