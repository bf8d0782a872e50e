// SPDX-License-Identifier: Apache-2.0
package org.wavefed.wave;

import java.util.List;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;

/**
 * A line of a user's list of wavelets.
 *
 * @param wavelet its name
 * @param version its newest durable version
 * @param lastModified milliseconds since 1970 UTC
 * @param participants everyone in it, in the order in which they came
 * @param title the first words of its first blip, may be empty
 * @param hosted whether this server hosts it
 */
public record WaveletSummary(
    WaveletName wavelet,
    HashedVersion version,
    long lastModified,
    List<ParticipantId> participants,
    String title,
    boolean hosted) {
  public WaveletSummary {
    participants = List.copyOf(participants);
  }
}
