// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.io.IOException;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Makes certificate requests (PKCS#10, RFC 2986). */
final class CertificateRequest {
  /** X.520 allows no longer CN. */
  private static final int MAX_COMMON_NAME = 64;

  private CertificateRequest() {}

  /**
   * A request for a domain in PEM: the domain as DNS name, and as CN too, which old servers want.
   */
  static String create(String domain, KeyMaterial key) {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, domain)));
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      JcaPKCS10CertificationRequestBuilder request =
          new JcaPKCS10CertificationRequestBuilder(subject(domain), key.publicKey());
      request.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
      String algorithm =
          key.privateKey().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "Ed25519";
      byte[] der =
          request
              .build(new JcaContentSignerBuilder(algorithm).build(key.privateKey()))
              .getEncoded();
      return Pem.write("CERTIFICATE REQUEST", der);
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("the certificate request cannot be made", e);
    }
  }

  private static X500Name subject(String domain) {
    X500NameBuilder name = new X500NameBuilder();
    if (domain.length() <= MAX_COMMON_NAME) {
      name.addRDN(BCStyle.CN, domain);
    }
    return name.build();
  }
}
