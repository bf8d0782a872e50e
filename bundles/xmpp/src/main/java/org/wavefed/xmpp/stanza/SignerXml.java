// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wavefed.crypto.SignerId;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.SignerInfo.HashAlgorithm;
import org.wavefed.model.Bytes;
import org.wavefed.xmpp.xml.Element;

/** Signers and requests for them. */
final class SignerXml {
  private SignerXml() {}

  static SignerInfo readSignature(Element signature) throws BadStanzaException {
    List<Bytes> certificates = new ArrayList<>();
    for (Element certificate : signature.children(Namespaces.WAVE, "certificate").toList()) {
      certificates.add(Fields.content(certificate));
    }
    if (certificates.isEmpty()) {
      throw new BadStanzaException("<signature> has no <certificate>");
    }
    return new SignerInfo(
        algorithm(Fields.string(signature, "algorithm")),
        Fields.string(signature, "domain"),
        certificates);
  }

  static Element write(SignerInfo signer) {
    return Element.of(Namespaces.WAVE, "signature")
        .with("domain", signer.domain())
        .with("algorithm", signer.hashAlgorithm().name())
        .withChildren(
            signer.certificates().stream()
                .map(der -> WaveletXml.base64("certificate", der))
                .toList());
  }

  static org.wavefed.transport.SignerRequest readRequest(Element request)
      throws BadStanzaException {
    return new org.wavefed.transport.SignerRequest(
        new SignerId(Fields.bytes(request, "signer-id")),
        Fields.wavelet(request),
        Fields.version(request, "version", "history-hash"));
  }

  static Element write(org.wavefed.transport.SignerRequest request) {
    Element element =
        Element.of(Namespaces.WAVE, "signer-request")
            .with("signer-id", request.signer().hash().toBase64());
    return Fields.withVersion(element, "version", "history-hash", request.after())
        .with("wavelet-name", request.wavelet().toUri());
  }

  private static HashAlgorithm algorithm(String name) throws BadStanzaException {
    return Arrays.stream(HashAlgorithm.values())
        .filter(algorithm -> algorithm.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadStanzaException(
                    "algorithm of <signature> must be one of "
                        + Arrays.toString(HashAlgorithm.values())));
  }
}
