// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whom a certificate is for (RFC 6120, 13.7.1.2; RFC 9525).
 *
 * @param dns the DNS names, lower-case
 * @param uris the URIs
 * @param others the DER of names of other kinds
 * @param subject the subject
 */
record CertificateNames(List<String> dns, List<String> uris, List<byte[]> others, String subject) {
  private static final int OTHER_NAME = 0;
  private static final int DNS_NAME = 2;
  private static final int URI = 6;
  private static final byte UTF8_STRING = 0x0c;
  private static final byte IA5_STRING = 0x16;

  static CertificateNames of(X509Certificate certificate) {
    List<String> dns = new ArrayList<>();
    List<String> uris = new ArrayList<>();
    List<byte[]> others = new ArrayList<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        if (name.get(0).equals(DNS_NAME)) {
          dns.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
        } else if (name.get(0).equals(URI)) {
          uris.add(String.valueOf(name.get(1)));
        } else if (name.get(0).equals(OTHER_NAME) && name.get(1) instanceof byte[] der) {
          others.add(der);
        }
      }
    } catch (CertificateParsingException e) {
      throw new IllegalArgumentException(
          "tls.certificate: the names in it are broken: " + e.getMessage(), e);
    }
    return new CertificateNames(dns, uris, others, certificate.getSubjectX500Principal().getName());
  }

  /** Whether it names a host of ours. */
  boolean cover(String host) {
    String parent = host.substring(host.indexOf('.') + 1);
    return dns.contains(host)
        || dns.contains("*." + parent)
        || others.stream().anyMatch(der -> endsWith(der, UTF8_STRING, host))
        || others.stream().anyMatch(der -> endsWith(der, IA5_STRING, "_xmpp-server." + host));
  }

  /** The text is the last thing in an xmppAddr, or an SRVName. */
  private static boolean endsWith(byte[] der, byte tag, String text) {
    byte[] octets = text.getBytes(UTF_8);
    int start = der.length - octets.length;
    return start >= 2
        && der[start - 2] == tag
        && (der[start - 1] & 0xff) == octets.length
        && Arrays.equals(der, start, der.length, octets, 0, octets.length);
  }

  /** As before there were alternative names: nobody need accept that any more. */
  boolean isNamedByCommonName(String host) {
    return dns.isEmpty()
        && uris.isEmpty()
        && others.isEmpty()
        && Arrays.stream(subject.split(",", -1))
            .anyMatch(part -> part.strip().equalsIgnoreCase("CN=" + host));
  }

  @Override
  public String toString() {
    List<String> names = Stream.concat(dns.stream(), uris.stream()).toList();
    return names.isEmpty() ? subject : String.join(", ", names);
  }
}
