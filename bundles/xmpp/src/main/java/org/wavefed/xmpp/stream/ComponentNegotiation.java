// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;
import org.wavefed.xmpp.xml.StreamHeader;
import org.wavefed.xmpp.xml.XmlWriter;

/** The client's side of XEP-0114: we are an external component of an XMPP server. */
public final class ComponentNegotiation implements Negotiation {
  private static final String NAMESPACE = "jabber:component:accept";

  private final String address;
  private final String secret;

  /**
   * A negotiation for one connection.
   *
   * @param address the component's address, such as {@code wave.acmewave.example}
   * @param secret shared with the server
   */
  public ComponentNegotiation(String address, String secret) {
    this.address = address;
    this.secret = secret;
  }

  @Override
  public String contentNamespace() {
    return NAMESPACE;
  }

  @Override
  public List<Step> connected() {
    return List.of(
        new Step.Send(
            "<?xml version='1.0'?><stream:stream xmlns='%s' xmlns:stream='%s' to='%s'>"
                .formatted(NAMESPACE, StreamError.STREAMS, XmlWriter.escape(address))));
  }

  @Override
  public List<Step> opened(StreamHeader header) {
    if (!header.contentNamespace().equals(NAMESPACE)) {
      return fail(
          StreamFailure.Kind.PROTOCOL,
          "this is no component port: the server's stream is '%s' and not '%s'"
              .formatted(header.contentNamespace(), NAMESPACE));
    }
    return header
        .id()
        .map(id -> List.<Step>of(new Step.Send("<handshake>" + digest(id) + "</handshake>")))
        .orElseGet(() -> fail(StreamFailure.Kind.PROTOCOL, "the server's stream has no id"));
  }

  @Override
  public List<Step> received(Element element) {
    if (element.is(Element.STANZAS, "handshake")) {
      return List.of(new Step.Done());
    }
    return fail(
        StreamFailure.Kind.PROTOCOL, "the server sent <" + element.name() + "> for a handshake");
  }

  private String digest(String id) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha1.digest((id + secret).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static List<Step> fail(StreamFailure.Kind kind, String message) {
    return List.of(new Step.Fail(new StreamFailure(kind, message)));
  }
}
