// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.wavefed.xmpp.stanza.Payload;
import org.wavefed.xmpp.stanza.StanzaHeader.Kind;

/**
 * The calls of all endpoints of this server that wait for an answer. They are shared because a peer
 * answers where it finds our address: when two transports run for it, that may be the one that did
 * not ask. Each endpoint bounds how many are its own, and takes them out when it ends. Thread-safe.
 */
@Component(service = OpenCalls.class)
public final class OpenCalls {
  private static final int ID_BYTES = 12;

  /**
   * What an answer has to meet.
   *
   * @param id which call
   * @param address who asked, and so where the answer has to come
   * @param peer who was asked, and so from whom the answer has to be; the transport over which it
   *     comes vouches for that
   */
  record Key(String id, String address, String peer) {}

  /** A call, and which endpoint it is of. */
  record Open(Calls owner, Kind kind, CompletableFuture<Payload> answer) {}

  private final SecureRandom random = new SecureRandom();
  private final Map<Key, Open> open = new ConcurrentHashMap<>();

  /** None yet. */
  @Activate
  public OpenCalls() {}

  /**
   * An id that no other call has, over whichever transport, and that nobody can guess: whoever
   * answers has seen the question.
   */
  String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  void put(Key key, Open call) {
    open.put(key, call);
  }

  @Nullable Open get(Key key) {
    return open.get(key);
  }

  void remove(Key key) {
    open.remove(key);
  }

  /** Those of one endpoint. */
  List<Open> of(Calls owner) {
    return open.values().stream().filter(call -> call.owner() == owner).toList();
  }
}
