// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.wavefed.configuration.Within;

/** The keys of {@code org.wavefed.transport.component-*.cfg}. */
@ObjectClassDefinition(
    name = "Wavefed: federation through an XMPP server (XEP-0114)",
    description = "One configuration per domain of ours.")
@interface ComponentConfig {
  /** Which domain. */
  @AttributeDefinition(
      description = "The domain that federates, such as acmewave.example. Required.")
  String domain() default "";

  /** The component's name. */
  @AttributeDefinition(
      description =
          "The component's address at the XMPP server; empty means wave.DOMAIN, where the servers"
              + " of others look first.")
  String address() default "";

  /** Where the XMPP server is. */
  @AttributeDefinition(
      description =
          "Where the XMPP server listens for components. The stream is not encrypted: keep it on"
              + " one machine or a trusted network.")
  String host() default "127.0.0.1";

  /** Its component port. */
  @AttributeDefinition(
      description = "The XMPP server's port for components.",
      min = "1",
      max = "65535")
  @Within(least = 1, most = 65_535)
  int port() default 5347;

  /** The shared secret. */
  @AttributeDefinition(
      type = AttributeType.PASSWORD,
      description = "The component's secret, as in the XMPP server's configuration. Required.")
  String secret() default "";

  /** The size of stanzas. */
  @AttributeDefinition(
      description =
          "The longest stanza sent or accepted, in bytes. The XMPP server must let it pass too"
              + " (Prosody: component_stanza_size_limit and s2s_stanza_size_limit).",
      min = "65536")
  @Within(least = 65_536)
  int stanza_bytes_max() default 10_485_760;

  /** Outgoing calls. */
  @AttributeDefinition(
      description = "How many of our calls may wait for an answer; more are refused.",
      min = "1")
  @Within(least = 1)
  int calls_in_flight_max() default 1024;

  /** Incoming calls. */
  @AttributeDefinition(
      description = "How many calls of peers may wait for our server; more are told to come again.",
      min = "1")
  @Within(least = 1)
  int calls_in_hand_max() default 1024;

  /** Incoming calls of one peer. */
  @AttributeDefinition(
      description = "How many of these may be of one and the same peer.",
      min = "1")
  @Within(least = 1)
  int calls_in_hand_per_peer_max() default 256;

  /** The outgoing queue. */
  @AttributeDefinition(
      description = "How many bytes may wait for the XMPP server to take them.",
      min = "65536")
  @Within(least = 65_536)
  long queue_bytes_max() default 67_108_864L;

  /** The identity. */
  @AttributeDefinition(
      description =
          "The type of our identity (category collaboration) in service discovery. Old servers"
              + " say google-wave or apache-wave; none is known to care.")
  String identity_type() default "google-wave";
}
