// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wavefed.xmpp.xml.StreamError;

/**
 * The authenticated streams that others opened to us. Of one pair there are {@value #PER_PAIR} at
 * most; the oldest makes room for one more (RFC 6120, 4.9.3.3), since a server that comes again is
 * likely to have lost it. Thread-safe.
 */
final class IncomingStreams {
  static final int PER_PAIR = 8;

  private final Map<Pair, Deque<IncomingStream>> open = new HashMap<>();

  /** One more. */
  void opened(Pair pair, IncomingStream stream) {
    IncomingStream tooMany = add(pair, stream);
    if (tooMany != null) {
      tooMany.end(
          new StreamError(
              "conflict", "there are newer streams from " + pair.from() + " to " + pair.to()));
    }
  }

  private synchronized @Nullable IncomingStream add(Pair pair, IncomingStream stream) {
    Deque<IncomingStream> same = open.computeIfAbsent(pair, any -> new ArrayDeque<>());
    same.addLast(stream);
    return same.size() > PER_PAIR ? same.removeFirst() : null;
  }

  /** One less, if it was one. */
  synchronized void closed(Pair pair, IncomingStream stream) {
    Deque<IncomingStream> same = open.get(pair);
    if (same != null) {
      same.remove(stream);
      if (same.isEmpty()) {
        open.remove(pair);
      }
    }
  }
}
