// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.util.Locale;
import java.util.function.UnaryOperator;

/** A way from one organisation to the other. */
enum Contender {
  WAVEFED_TLS("Wavefed s2s, TLS", Server.NONE, text -> text),
  WAVEFED_PLAIN("Wavefed s2s, plain, through a relay", Server.NONE, text -> text),
  PROSODY_TLS("Prosody as our guide has it, TLS", Server.PROSODY, text -> text),
  PROSODY_STOCK_TLS("Prosody, stock network settings, TLS", Server.PROSODY, Contender::stock),
  EJABBERD_TLS("ejabberd, TLS", Server.EJABBERD, text -> text),
  PROSODY_PLAIN("Prosody as our guide has it, plain", Server.PROSODY, Contender::prosodyPlain),
  EJABBERD_PLAIN("ejabberd, plain", Server.EJABBERD, Contender::ejabberdPlain);

  /** Which XMPP server stands between an organisation and the other's. */
  enum Server {
    NONE,
    PROSODY,
    EJABBERD
  }

  final String title;
  final Server server;
  final UnaryOperator<String> configuration;

  Contender(String title, Server server, UnaryOperator<String> configuration) {
    this.title = title;
    this.server = server;
    this.configuration = configuration;
  }

  /**
   * Whether TLS has to be kept from the two: Wavefeds take it wherever it is offered, so that a
   * relay before each has to take the offer away.
   */
  boolean isStripped() {
    return this == WAVEFED_PLAIN;
  }

  /** The name of an organisation that nobody else has. */
  String domain(String side) {
    return side + "-" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".example";
  }

  private static String stock(String text) {
    return change(text, "network_settings = { nagle = false; min_wait = 0 }", "");
  }

  private static String prosodyPlain(String text) {
    String open = change(text, "s2s_require_encryption = true", "s2s_require_encryption = false");
    String dialback = change(open, "s2s_secure_auth = true", "s2s_secure_auth = false");
    return change(dialback, "\"tls\", ", "");
  }

  private static String ejabberdPlain(String text) {
    String open = change(text, "s2s_use_starttls: required", "s2s_use_starttls: false");
    return change(open, "mod_disco: {}", "mod_disco: {}, mod_s2s_dialback: {}");
  }

  private static String change(String text, String from, String to) {
    if (!text.contains(from)) {
      throw new IllegalStateException("no longer in the configuration: " + from);
    }
    return text.replace(from, to);
  }
}
