// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is done with a part of a running server. A gap is one that users are told of, as they are of
 * a store that goes; of all else they notice a delay.
 */
enum Swap {
  TRANSPORT_GAP(server -> gap(server, server.transport().part())),
  TRANSPORT(server -> server.swap("restart", server.transport().part())),
  TRANSPORT_UPDATE(server -> server.swap("update", server.transport().part())),
  CHANGE(server -> server.transport().change()),
  CHANGE_GAP(server -> server.transport().changeAfterGap(() -> refusal(server))),
  CHANGE_DEFAULT(server -> server.transport().changeByDefault()),
  DNS_STATIC(server -> server.swap("restart", "dns-static")),
  DNS_DNSJAVA(server -> server.swap("restart", "dns-dnsjava")),
  DNS_UPDATE(server -> server.swap("update", "dns-dnsjava")),
  DNS_AWAY(Swap::connectWithoutDns),
  CRYPTO_GAP(server -> gap(server, "crypto-x509")),
  CRYPTO(server -> server.swap("restart", "crypto-x509")),
  CRYPTO_UPDATE(server -> server.swap("update", "crypto-x509")),
  STORE_GAP(server -> gap(server, "store-rocksdb")),
  STORE(server -> server.swap("restart", "store-rocksdb")),
  STORE_UPDATE(server -> server.swap("update", "store-rocksdb")),
  PING(server -> server.swap("restart", "ping")),
  PING_UPDATE(server -> server.swap("update", "ping")),
  XMPP_REFRESH(server -> server.swap("refresh", "xmpp")),
  SMACK_REFRESH(server -> server.swap("refresh", "smack")),
  SMACK(server -> server.swap("restart", "smack")),
  CORRETTO(server -> server.swap("restart", "corretto")),
  CORRETTO_REFRESH(server -> server.swap("refresh", "corretto"));

  private interface Action {
    void on(TypingServer server) throws IOException;
  }

  private final Action action;

  Swap(Action action) {
    this.action = action;
  }

  void on(TypingServer server) throws IOException {
    action.on(server);
  }

  /** Those of which it is true. */
  static List<Swap> all(Predicate<Swap> which) {
    return Arrays.stream(values()).filter(which).toList();
  }

  /** Whether the server is on another transport afterwards. */
  boolean isChange() {
    return name().startsWith("CHANGE");
  }

  /** Whether users may be refused. */
  boolean mayRefuse() {
    return name().endsWith("_GAP") || name().startsWith("STORE");
  }

  /** Whether it lasts until those who wait are refused; nobody waits for a store. */
  boolean outlastsPatience() {
    return name().endsWith("_GAP") && this != STORE_GAP;
  }

  /** Whether something else happens on another transport. */
  boolean concernsTransport() {
    return name().startsWith("TRANSPORT") || name().startsWith("DNS") || this == XMPP_REFRESH;
  }

  private static void gap(TypingServer server, String part) throws IOException {
    server.swap("stop", part);
    refusal(server);
    server.swap("start", part);
  }

  private static void refusal(TypingServer server) throws IOException {
    TypingServer.await(
        "a part of " + server.domain() + " is missing, users are told", server::refuses);
  }

  /** The streams that there are end too, and new ones have to wait. */
  private static void connectWithoutDns(TypingServer server) throws IOException {
    server.swap("stop", "dns-static");
    server.swap("stop", "dns-dnsjava");
    server.swap("restart", server.transport().part());
    server.swap("start", "dns-dnsjava");
    server.swap("start", "dns-static");
  }
}
