// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.InvalidIdException;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;

/**
 * The keys of the database, format {@value #FORMAT_VERSION}. All keys are in one column family, so
 * that one batch with one log record holds an append with all that belongs to it. The first byte
 * tells the kind:
 *
 * <pre>
 *          +---+-------------------+---+---------------------+
 *  cursor  | c | peer domain       | 0 | wavelet URI         |   {@link Values} cursor
 *          +---+-------------------+---+---------------------+
 *  delta   | d | wavelet URI       | 0 | resulting version 8 |   {@link Values} delta
 *          +---+-------------------+---+---------------------+
 *  format  | f |                                                 the version in ASCII
 *          +---+-------------------+
 *  head    | h | wavelet URI       |                             {@link Values} hashed version
 *          +---+-------------------+
 *  snapshot| n | wavelet URI       |                             {@link Values} snapshot
 *          +---+-------------------+
 *  signer  | s | signer id         |                             the signer info as it was given
 *          +---+-------------------+
 * </pre>
 *
 * <p>Text is UTF-8 and holds no zero byte, so the zero after it ends it and sorts before whatever a
 * longer name has there: names come in the order of their bytes, and each wavelet's deltas, by
 * their big-endian versions, together. A delta is found by the version where it ends: seeking past
 * a version gives the delta that is applied there, and one get tells whether it is a boundary.
 */
final class Keys {
  static final String FORMAT_VERSION = "1";

  static final byte CURSOR = 'c';
  static final byte DELTA = 'd';
  static final byte HEAD = 'h';
  static final byte SIGNER = 's';

  private static final byte FORMAT = 'f';
  private static final byte SNAPSHOT = 'n';
  private static final byte END = 0;

  private Keys() {}

  static byte[] format() {
    return new byte[] {FORMAT};
  }

  static byte[] cursor(DeliveryCursor cursor) {
    byte[] peer = text(cursor.peerDomain());
    byte[] uri = text(cursor.wavelet().toUri());
    return ByteBuffer.allocate(2 + peer.length + uri.length)
        .put(CURSOR)
        .put(peer)
        .put(END)
        .put(uri)
        .array();
  }

  /** The cursor that a key and a version stand for. */
  static DeliveryCursor cursor(byte[] key, long version) {
    int end = 1;
    while (key[end] != END) {
      end++;
    }
    String peer = new String(key, 1, end - 1, StandardCharsets.UTF_8);
    String uri = new String(key, end + 1, key.length - end - 1, StandardCharsets.UTF_8);
    return new DeliveryCursor(peer, parse(uri), version);
  }

  static byte[] delta(WaveletName wavelet, long resultingVersion) {
    byte[] uri = text(wavelet.toUri());
    return ByteBuffer.allocate(2 + uri.length + Long.BYTES)
        .put(DELTA)
        .put(uri)
        .put(END)
        .putLong(resultingVersion)
        .array();
  }

  static byte[] head(WaveletName wavelet) {
    return of(HEAD, text(wavelet.toUri()));
  }

  /** The wavelet of a head's key. */
  static WaveletName wavelet(byte[] headKey) {
    return parse(new String(headKey, 1, headKey.length - 1, StandardCharsets.UTF_8));
  }

  static byte[] snapshot(WaveletName wavelet) {
    return of(SNAPSHOT, text(wavelet.toUri()));
  }

  static byte[] signer(Bytes id) {
    return of(SIGNER, id.shared());
  }

  static Bytes signerId(byte[] key) {
    return Bytes.wrap(Arrays.copyOfRange(key, 1, key.length));
  }

  /** Before all keys of a kind. */
  static byte[] first(byte kind) {
    return new byte[] {kind};
  }

  /** After all keys of a kind. */
  static byte[] afterLast(byte kind) {
    return new byte[] {(byte) (kind + 1)};
  }

  /** The least key that is greater than this one. */
  static byte[] next(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  private static WaveletName parse(String uri) {
    try {
      return WaveletName.parseUri(uri);
    } catch (InvalidIdException e) {
      throw new StoreException(
          Reason.CORRUPT, "the store holds a wavelet with an impossible name: " + uri, e);
    }
  }

  private static byte[] of(byte kind, byte[] name) {
    return ByteBuffer.allocate(1 + name.length).put(kind).put(name).array();
  }

  private static byte[] text(String name) {
    if (name.indexOf(END) >= 0) {
      throw new IllegalArgumentException("a name must not hold a zero byte");
    }
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
