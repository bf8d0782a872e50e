// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wavefed.xmpp.xml.Element;

/** Keys of Server Dialback, from a secret of this process (XEP-0185). Thread-safe. */
final class DialbackKeys {
  private final byte[] secret;

  DialbackKeys() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.secret = HexFormat.of().formatHex(random).getBytes(UTF_8);
  }

  /**
   * The key of a stream.
   *
   * @param pair from the initiator to the receiving server
   * @param id the stream's
   */
  String key(Pair pair, String id) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] key = mac.doFinal((pair.to() + " " + pair.from() + " " + id).getBytes(UTF_8));
      return HexFormat.of().formatHex(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  boolean isKey(String key, Pair pair, String id) {
    return MessageDigest.isEqual(key.strip().getBytes(UTF_8), key(pair, id).getBytes(UTF_8));
  }

  /** The answer to somebody who asks whether a key is that of one of the hosts. */
  Element answer(Element verify, Predicate<String> hosts) {
    Pair asker = Pair.of(verify).orElse(new Pair("", ""));
    String id = verify.attribute("id").orElse("");
    boolean valid = hosts.test(asker.to()) && isKey(verify.text(), asker.reversed(), id);
    return StreamXml.dialback("verify", asker.reversed())
        .with("id", id)
        .with("type", valid ? "valid" : "invalid");
  }
}
