// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.time.Duration;

/**
 * Every bound that an operator may set; see {@link ServerConfig} for what each is.
 *
 * @param openWavelets how many wavelets are kept in memory
 * @param waitingPerWavelet how many deltas may wait for one wavelet
 * @param recentDeltas how many of its newest deltas an open wavelet keeps in memory
 * @param snapshotEvery after how many operations a wavelet's snapshot is stored
 * @param watcherBacklog how many changes a watcher may be behind
 * @param listedWavelets how many wavelets lists are made from
 * @param updateDeltas how many deltas an update to a peer has at most
 * @param updateBytes how many bytes of deltas an update to a peer has, but for a larger single one
 * @param updatesPerPeer how many updates may be in flight to one peer
 * @param historyBytes how many bytes of deltas a history answer has, but for a larger single one
 * @param deltaBytes how large one delta may be
 * @param deltaAdds how many participants one delta may add
 * @param waveletParticipants how many participants a wavelet may have
 * @param waveletDomains how many domains may have, or have had, a participant in a wavelet
 * @param callsInHand how many calls of peers are worked on at once
 * @param replyTimeout how long a peer may take to answer
 * @param submitTimeout how long a user waits for an answer at most
 * @param absence how long what is being replaced is awaited
 */
public record Limits(
    int openWavelets,
    int waitingPerWavelet,
    int recentDeltas,
    int snapshotEvery,
    int watcherBacklog,
    int listedWavelets,
    int updateDeltas,
    int updateBytes,
    int updatesPerPeer,
    int historyBytes,
    int deltaBytes,
    int deltaAdds,
    int waveletParticipants,
    int waveletDomains,
    int callsInHand,
    Duration replyTimeout,
    Duration submitTimeout,
    Duration absence) {
  /**
   * @throws IllegalArgumentException if a number is less than 1, naming its key
   */
  public Limits {
    requirePositive("limits.open.wavelets", openWavelets);
    requirePositive("limits.waiting.per.wavelet", waitingPerWavelet);
    requirePositive("limits.recent.deltas", recentDeltas);
    requirePositive("limits.snapshot.every", snapshotEvery);
    requirePositive("limits.watcher.backlog", watcherBacklog);
    requirePositive("limits.listed.wavelets", listedWavelets);
    requirePositive("limits.update.deltas", updateDeltas);
    requirePositive("limits.update.bytes", updateBytes);
    requirePositive("limits.updates.per.peer", updatesPerPeer);
    requirePositive("limits.history.bytes", historyBytes);
    requirePositive("limits.delta.bytes", deltaBytes);
    requirePositive("limits.delta.adds", deltaAdds);
    requirePositive("limits.wavelet.participants", waveletParticipants);
    requirePositive("limits.wavelet.domains", waveletDomains);
    requirePositive("limits.calls.in.hand", callsInHand);
    requirePositive("limits.reply.seconds", replyTimeout.toMillis());
    requirePositive("limits.submit.seconds", submitTimeout.toMillis());
    requirePositive("limits.absence.seconds", absence.toMillis());
  }

  private static void requirePositive(String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          key + " in etc/org.wavefed.server.cfg must be 1 or more, not " + value);
    }
  }

  /** What an operator who sets nothing gets. */
  public static final Limits DEFAULTS =
      new Limits(
          1_000,
          1_024,
          256,
          1_000,
          1_000,
          100_000,
          200,
          131_072,
          32,
          131_072,
          131_072,
          100,
          1_000,
          250,
          1_024,
          Duration.ofSeconds(30),
          Duration.ofSeconds(40),
          Duration.ofSeconds(10));

  /** The configured values. */
  static Limits of(ServerConfig config) {
    return new Limits(
        config.limits_open_wavelets(),
        config.limits_waiting_per_wavelet(),
        config.limits_recent_deltas(),
        config.limits_snapshot_every(),
        config.limits_watcher_backlog(),
        config.limits_listed_wavelets(),
        config.limits_update_deltas(),
        config.limits_update_bytes(),
        config.limits_updates_per_peer(),
        config.limits_history_bytes(),
        config.limits_delta_bytes(),
        config.limits_delta_adds(),
        config.limits_wavelet_participants(),
        config.limits_wavelet_domains(),
        config.limits_calls_in_hand(),
        Duration.ofSeconds(config.limits_reply_seconds()),
        Duration.ofSeconds(config.limits_submit_seconds()),
        Duration.ofSeconds(config.limits_absence_seconds()));
  }
}
