// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.netty;

import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.wavefed.model.Bytes;

/** The certificates that the other side of TLS showed, its own first; none if it showed none. */
final class ShownCertificates {
  private ShownCertificates() {}

  static List<Bytes> of(SSLSession session) {
    List<Bytes> chain = new ArrayList<>();
    try {
      for (Certificate certificate : session.getPeerCertificates()) {
        chain.add(Bytes.copyOf(certificate.getEncoded()));
      }
      return chain;
    } catch (SSLPeerUnverifiedException | CertificateEncodingException none) {
      return List.of();
    }
  }
}
