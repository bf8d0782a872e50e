// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.wavefed.configuration.Within;

/** Configuration of the wave server, {@code etc/org.wavefed.server.cfg}. */
@ObjectClassDefinition(
    name = "Wavefed server",
    description =
        "Which domains this server is the wave provider of, and how much it takes on. Changes take"
            + " effect at once; sizes of what is open already stay until it is opened again.")
public @interface ServerConfig {
  /** The domains. */
  @AttributeDefinition(
      name = "Domains",
      description =
          "The wave provider domains of this server, separated by commas, such as"
              + " acmewave.example. The first is the default. Their users are this server's users.")
  String domains() default "";

  /** {@code transports.pinned}. */
  @AttributeDefinition(
      name = "Pinned transports",
      description =
          "Peers that are called over one kind of transport alone, separated by commas: DOMAIN"
              + " KIND, such as initech.example s2s.")
  String transports_pinned() default "";

  /** {@code limits.open.wavelets}. */
  @AttributeDefinition(
      name = "Open wavelets",
      description = "How many wavelets are kept in memory.",
      min = "1")
  @Within(least = 1)
  int limits_open_wavelets() default 1_000;

  /** {@code limits.waiting.per.wavelet}. */
  @AttributeDefinition(
      name = "Waiting per wavelet",
      description = "How many deltas may wait for one wavelet; more are refused.",
      min = "1")
  @Within(least = 1)
  int limits_waiting_per_wavelet() default 1_024;

  /** {@code limits.recent.deltas}. */
  @AttributeDefinition(
      name = "Recent deltas",
      description = "How many of its newest deltas an open wavelet keeps in memory.",
      min = "1")
  @Within(least = 1)
  int limits_recent_deltas() default 256;

  /** {@code limits.snapshot.every}. */
  @AttributeDefinition(
      name = "Snapshot every",
      description = "After how many operations a wavelet's snapshot is stored.",
      min = "1")
  @Within(least = 1)
  int limits_snapshot_every() default 1_000;

  /** {@code limits.watcher.backlog}. */
  @AttributeDefinition(
      name = "Watcher backlog",
      description = "How many changes a watcher may be behind before its watch ends.",
      min = "1")
  @Within(least = 1)
  int limits_watcher_backlog() default 1_000;

  /** {@code limits.listed.wavelets}. */
  @AttributeDefinition(
      name = "Listed wavelets",
      description = "How many wavelets lists are made from, those changed last.",
      min = "1")
  @Within(least = 1)
  int limits_listed_wavelets() default 100_000;

  /** {@code limits.update.deltas}. */
  @AttributeDefinition(
      name = "Deltas per update",
      description = "How many deltas one message to a peer has at most.",
      min = "1")
  @Within(least = 1)
  int limits_update_deltas() default 200;

  /** {@code limits.update.bytes}. */
  @AttributeDefinition(
      name = "Bytes per update",
      description =
          "How many bytes of deltas one message to a peer has at most (a single larger delta goes"
              + " alone). On the wire they take a third more; stay below the stanza limits of all"
              + " servers on the way.",
      min = "1024")
  @Within(least = 1_024)
  int limits_update_bytes() default 131_072;

  /** {@code limits.updates.per.peer}. */
  @AttributeDefinition(
      name = "Updates per peer",
      description = "How many messages may wait for a peer's receipt at once.",
      min = "1")
  @Within(least = 1)
  int limits_updates_per_peer() default 32;

  /** {@code limits.history.bytes}. */
  @AttributeDefinition(
      name = "Bytes of history",
      description = "How many bytes of deltas one answer to a history request has at most.",
      min = "1024")
  @Within(least = 1_024)
  int limits_history_bytes() default 131_072;

  /** {@code limits.delta.bytes}. */
  @AttributeDefinition(
      name = "Bytes per delta",
      description = "How large a delta that a user or a peer submits may be.",
      min = "1024")
  @Within(least = 1_024)
  int limits_delta_bytes() default 131_072;

  /** {@code limits.delta.adds}. */
  @AttributeDefinition(
      name = "Additions per delta",
      description = "How many participants a delta that a user or a peer submits may add.",
      min = "1")
  @Within(least = 1)
  int limits_delta_adds() default 100;

  /** {@code limits.wavelet.participants}. */
  @AttributeDefinition(
      name = "Participants",
      description =
          "How many participants a wavelet that is hosted here may have. One that is hosted elsewhere"
              + " may have ten times as many; then it takes no more changes.",
      min = "1")
  @Within(least = 1)
  int limits_wavelet_participants() default 1_000;

  /** {@code limits.wavelet.domains}. */
  @AttributeDefinition(
      name = "Domains",
      description =
          "How many domains may have participants in a wavelet that is hosted here, those that have"
              + " left it included. In one that is hosted elsewhere there may be ten times as many;"
              + " then it takes no more changes.",
      min = "1")
  @Within(least = 1)
  int limits_wavelet_domains() default 250;

  /** {@code limits.calls.in.hand}. */
  @AttributeDefinition(
      name = "Calls in hand",
      description = "How many calls of peers are worked on at once; more are refused.",
      min = "1")
  @Within(least = 1)
  int limits_calls_in_hand() default 1_024;

  /** {@code limits.reply.seconds}. */
  @AttributeDefinition(
      name = "Reply time limit",
      description = "How long a peer may take to answer, in seconds.",
      min = "1",
      max = "300")
  @Within(least = 1, most = 300)
  int limits_reply_seconds() default 30;

  /** {@code limits.submit.seconds}. */
  @AttributeDefinition(
      name = "Submit time limit",
      description = "How long a user waits for the outcome of a submit at most, in seconds.",
      min = "1",
      max = "600")
  @Within(least = 1, most = 600)
  int limits_submit_seconds() default 40;

  /** {@code limits.absence.seconds}. */
  @AttributeDefinition(
      name = "Absence",
      description =
          "How long users wait for a part of this server, or for a peer, that has just gone and may"
              + " be being replaced, before they are refused; in seconds. The store is not waited"
              + " for.",
      min = "1",
      max = "60")
  @Within(least = 1, most = 60)
  int limits_absence_seconds() default 10;
}
