// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;

/**
 * The domains that a certificate is for. Immutable.
 *
 * @param dns the DNS names, lower-case; may start with {@code *.}
 * @param xmpp the domains of XMPP addresses and of SRV names for {@code _xmpp-server} (RFC 6120,
 *     13.7.1.2), lower-case
 * @param others names of servers for other things: URIs, and SRV names for other services
 * @param commonName the most specific CN of the subject, as written
 */
record CertificateNames(
    Set<String> dns, Set<String> xmpp, Set<String> others, Optional<String> commonName) {
  private static final ASN1ObjectIdentifier XMPP_ADDRESS =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5");
  private static final ASN1ObjectIdentifier SRV_NAME =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.7");
  private static final String SRV_SERVICE = "_xmpp-server.";

  CertificateNames {
    dns = Set.copyOf(dns);
    xmpp = Set.copyOf(xmpp);
    others = Set.copyOf(others);
  }

  static CertificateNames of(X509Certificate certificate) {
    try {
      X509CertificateHolder holder = new X509CertificateHolder(certificate.getEncoded());
      Set<String> dns = new HashSet<>();
      Set<String> xmpp = new HashSet<>();
      Set<String> others = new HashSet<>();
      GeneralNames names =
          GeneralNames.fromExtensions(
              holder.getExtensions(), org.bouncycastle.asn1.x509.Extension.subjectAlternativeName);
      if (names != null) {
        for (GeneralName name : names.getNames()) {
          collect(name, dns, xmpp, others);
        }
      }
      return new CertificateNames(dns, xmpp, others, commonName(holder));
    } catch (IOException | CertificateEncodingException | IllegalArgumentException e) {
      throw new CryptoException(
          Reason.BAD_CERTIFICATE, "the names in the certificate are broken", null, e);
    }
  }

  /**
   * Whether deltas of a domain may be signed with the certificate: a DNS name equals the domain.
   * The CN counts only if asked for, and then as deployed servers compare it: with its case, and
   * {@code *.} stands for exactly one label.
   */
  boolean signFor(String domain, boolean acceptCommonName) {
    String wanted = domain.toLowerCase(Locale.ROOT);
    return dns.contains(wanted)
        || (acceptCommonName
            && commonName.filter(cn -> cn.equals(wanted) || covers(cn, wanted)).isPresent());
  }

  /**
   * Whether the certificate authenticates a server of a domain (RFC 6120, 13.7.1.2 and RFC 9525):
   * {@code *.} in a DNS name stands for exactly one label. The CN counts only if asked for and if
   * the certificate names servers in no other way (RFC 6125, 6.4.4).
   */
  boolean authenticate(String domain, boolean acceptCommonName) {
    String wanted = domain.toLowerCase(Locale.ROOT);
    return xmpp.contains(wanted)
        || dns.contains(wanted)
        || dns.stream().anyMatch(name -> covers(name, wanted))
        || (acceptCommonName && names().isEmpty() && commonName.filter(wanted::equals).isPresent());
  }

  /**
   * Why the certificate is not for a domain, and what would accept it.
   *
   * @param byCommonName whether it would be if the CN counted
   */
  String refusal(String domain, boolean byCommonName) {
    return "the certificate is for "
        + describe()
        + "; it does not name "
        + domain
        + (byCommonName ? " in a DNS name, only in its CN (accept.common.name)" : "");
  }

  /** The names in one line, for messages. */
  String describe() {
    SortedSet<String> names = names();
    return names.isEmpty()
        ? commonName.map(cn -> "CN=" + cn).orElse("no name")
        : String.join(", ", names);
  }

  private SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(dns);
    names.addAll(xmpp);
    names.addAll(others);
    return names;
  }

  private static boolean covers(String pattern, String domain) {
    int dot = domain.indexOf('.');
    return pattern.startsWith("*.")
        && dot > 0
        && domain.substring(dot).equals(pattern.substring(1));
  }

  private static void collect(
      GeneralName name, Set<String> dns, Set<String> xmpp, Set<String> others) {
    if (name.getTagNo() == GeneralName.dNSName) {
      dns.add(text(name.getName()));
    } else if (name.getTagNo() == GeneralName.uniformResourceIdentifier) {
      others.add(text(name.getName()));
    } else if (name.getTagNo() == GeneralName.otherName) {
      OtherName other = OtherName.getInstance(name.getName());
      if (other.getTypeID().equals(XMPP_ADDRESS)) {
        xmpp.add(text(other.getValue()));
      } else if (other.getTypeID().equals(SRV_NAME)) {
        collectService(text(other.getValue()), xmpp, others);
      }
    }
  }

  private static void collectService(String name, Set<String> xmpp, Set<String> others) {
    if (name.startsWith(SRV_SERVICE)) {
      xmpp.add(name.substring(SRV_SERVICE.length()));
    } else {
      others.add(name);
    }
  }

  private static String text(ASN1Encodable value) {
    if (value.toASN1Primitive() instanceof ASN1String text) {
      return text.getString().toLowerCase(Locale.ROOT);
    }
    throw new IllegalArgumentException("a name is not a string");
  }

  private static Optional<String> commonName(X509CertificateHolder holder) {
    RDN[] rdns = holder.getSubject().getRDNs(BCStyle.CN);
    if (rdns.length == 0) {
      return Optional.empty();
    }
    ASN1Encodable last = rdns[rdns.length - 1].getTypesAndValues()[0].getValue();
    return Optional.of(IETFUtils.valueToString(last));
  }
}
