// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.wavefed.configuration.Within;

/** The keys of {@code org.wavefed.transport.s2s.cfg}. */
@ObjectClassDefinition(
    name = "Wavefed: federation from server to server",
    description = "Federation as an XMPP server of its own (RFC 6120).")
@interface S2sConfig {
  /** Which domains. */
  @AttributeDefinition(
      description = "Our domains, separated by commas. Their wave services are wave.DOMAIN.")
  String domains() default "";

  /** STARTTLS. */
  @AttributeDefinition(
      description =
          "Where other servers connect to, separated by commas: ADDRESS:PORT. Empty: nowhere.")
  String listen() default "0.0.0.0:5269";

  /** Direct TLS. */
  @AttributeDefinition(
      description = "Where other servers connect to with TLS at once (XEP-0368): ADDRESS:PORT.")
  String listen_direct() default "";

  /** The certificate. */
  @AttributeDefinition(
      description =
          "The PEM file of the certificate chain, which names DOMAIN and wave.DOMAIN; {domain}"
              + " stands for the domain. Empty: etc/wavefed/tls/{domain}.crt.")
  String tls_certificate() default "";

  /** The key. */
  @AttributeDefinition(
      description =
          "The PEM file of its private key (PKCS#8); {domain} stands for the domain. Empty:"
              + " etc/wavefed/tls/{domain}.key.")
  String tls_key() default "";

  /** TLS or not. */
  @AttributeDefinition(description = "Whether streams without TLS are refused, both ways.")
  boolean tls_required() default true;

  /** Who may go without a certificate. */
  @AttributeDefinition(
      description =
          "The domains for which Server Dialback is good enough if a certificate does not do,"
              + " separated by commas: names, *.PARENT or *. Who once showed a good certificate is"
              + " not let in by dialback again.")
  String dialback() default "*.example, *.test";

  /** Private addresses. */
  @AttributeDefinition(
      description =
          "Whether we connect to private, loopback and link-local addresses when the DNS says so."
              + " For laboratories and closed networks.")
  boolean private_addresses() default false;

  /** The size of stanzas. */
  @AttributeDefinition(
      description = "The longest stanza sent or accepted, in bytes.",
      min = "65536")
  @Within(least = 65_536)
  int stanza_bytes_max() default 10_485_760;

  /** Outgoing calls. */
  @AttributeDefinition(
      description = "How many of our calls may wait for an answer, for each domain of ours.",
      min = "1")
  @Within(least = 1)
  int calls_in_flight_max() default 1024;

  /** Incoming calls. */
  @AttributeDefinition(
      description = "How many calls of peers may wait for our server, for each domain of ours.",
      min = "1")
  @Within(least = 1)
  int calls_in_hand_max() default 1024;

  /** Incoming calls of one peer. */
  @AttributeDefinition(description = "How many of these may be of one peer.", min = "1")
  @Within(least = 1)
  int calls_in_hand_per_peer_max() default 256;

  /** The outgoing queue. */
  @AttributeDefinition(
      description = "How many bytes may wait for one peer to take them.",
      min = "65536")
  @Within(least = 65_536)
  long queue_bytes_max() default 67_108_864L;

  /** Outgoing streams. */
  @AttributeDefinition(description = "How many streams we open at most.", min = "1")
  @Within(least = 1)
  int streams_max() default 2_000;

  /** Incoming connections. */
  @AttributeDefinition(description = "How many connections we accept at most.", min = "1")
  @Within(least = 1)
  int connections_max() default 2_000;

  /** Incoming connections of one address. */
  @AttributeDefinition(description = "How many of these may be from one address.", min = "1")
  @Within(least = 1)
  int connections_per_address_max() default 200;
}
