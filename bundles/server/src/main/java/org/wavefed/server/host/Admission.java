// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.host;

import java.util.function.Supplier;
import org.wavefed.model.id.InvalidIdException;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.server.Limits;
import org.wavefed.server.Refusals;
import org.wavefed.server.wavelet.TrackedCopy;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/**
 * Who may be added to a wavelet that is hosted here. Each domain costs a delivery of its own,
 * whether it exists or not, so their number is bounded. Failures are {@link WaveException}s.
 */
public final class Admission {
  private final Supplier<Limits> limits;

  Admission(Supplier<Limits> limits) {
    this.limits = limits;
  }

  /** What can be judged of a delta alone. */
  void check(WaveletDelta delta) {
    int adds = 0;
    for (var operation : delta.operations()) {
      if (operation instanceof AddParticipant add) {
        adds++;
        requireAddress(add.participant());
      }
    }
    refuseOver("the delta adds", adds, limits.get().deltaAdds(), "participants");
  }

  /** Whether an address may be added to any wavelet; what others have added is followed anyway. */
  public static void requireAddress(ParticipantId participant) {
    try {
      ParticipantId.toAdd(participant.address());
    } catch (InvalidIdException e) {
      throw new WaveException(
          Reason.INVALID_OPERATION, "cannot add '" + participant + "': " + e.getMessage(), e);
    }
  }

  /** What a delta makes of the wavelet; one that is over a bound may still shrink. */
  void check(TrackedCopy before, TrackedCopy after) {
    int participants = after.state().participants().size();
    if (participants > before.state().participants().size()) {
      refuseOver(
          "the wavelet would have",
          participants,
          limits.get().waveletParticipants(),
          "participants");
    }
    int domains = after.membership().until().size();
    if (domains > before.membership().until().size()) {
      refuseOver(
          "the wavelet would have, or have had, participants of",
          domains,
          limits.get().waveletDomains(),
          "domains");
    }
  }

  private static void refuseOver(String what, int number, int most, String whom) {
    if (number > most) {
      throw Refusals.refuse(
          Reason.INVALID_OPERATION,
          what + " " + number + " " + whom + "; the most that this server takes is " + most);
    }
  }
}
