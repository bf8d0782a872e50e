// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;

/**
 * Reads one stream, in pieces as they come. A child that breaks a limit is skipped with bounded
 * memory and reported, so that one peer's stanza cannot end a stream that it shares with others;
 * what is not XMPP's XML ends the stream. Not thread-safe.
 */
public final class StreamReader {
  private static final String XML = "http://www.w3.org/XML/1998/namespace";

  static final StreamError RESTRICTED =
      new StreamError("restricted-xml", "comments, DTDs, entities and the like are not allowed");

  /**
   * How many names a stream may use: the parser keeps each for as long as it lives, and is the
   * slower the more there are. Federation needs some dozens.
   */
  private static final int NAMES_MAX = 10_000;

  /**
   * What is skipped still costs the parser something for each level and byte: whoever goes so many
   * times beyond a limit is not read any more.
   */
  private static final int GRACE = 10;

  /** What an XMPP server between may let pass never ends the stream. */
  private static final long PASSED_ON = 10_485_760;

  // A factory of its own, as its table of names grows with what the other side sends.
  private final AsyncXMLStreamReader<AsyncByteArrayFeeder> xml =
      lazyFactory().createAsyncForByteArray();
  private final TagGuard guard;
  private final Set<String> names = new HashSet<>();
  private final Utf8Pieces characters = new Utf8Pieces();
  private final List<StreamEvent> events = new ArrayList<>();
  private XmlLimits limits;
  private StanzaBuilder stanza;
  private String contentNamespace = "";
  private int depth;
  private int unfinished;
  private long stanzaBytes;
  private boolean failed;

  /** Starts at the beginning of a stream. */
  public StreamReader(XmlLimits limits) {
    this.limits = limits;
    this.guard = new TagGuard(GRACE * limits.attributes());
    this.stanza = new StanzaBuilder(limits);
  }

  /**
   * Eager parsing in Aalto 1.4.0 throws for legal text that begins with a character reference. Lazy
   * parsing finds faults in text when it is asked for, and throws them unchecked.
   */
  private static InputFactoryImpl lazyFactory() {
    InputFactoryImpl factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, true);
    return factory;
  }

  /** Changes the limits from the next child on. */
  public void limits(XmlLimits newLimits) {
    limits = newLimits;
  }

  /** Whether a child, or its tag, was begun and not completed. */
  public boolean isUnfinished() {
    return !failed && (depth > 1 || unfinished > 0);
  }

  /** Reads a piece; returns what was complete with it, in order. */
  public List<StreamEvent> read(byte[] piece, int offset, int length) {
    events.clear();
    if (!failed) {
      parse(piece, offset, guard.look(piece, offset, length));
    }
    if (!failed) {
      guard.fault().ifPresent(this::fail);
    }
    return List.copyOf(events);
  }

  private void parse(byte[] piece, int offset, int length) {
    try {
      byte[] whole = characters.complete(piece, offset, length);
      xml.getInputFeeder().feedInput(whole, 0, whole.length);
      readTokens(length);
    } catch (XMLStreamException | RuntimeException e) {
      // Whatever the parser throws, the other side is owed a stream error.
      fail("not-well-formed", "the XML is broken: " + firstLine(e));
    }
  }

  private void readTokens(int length) throws XMLStreamException {
    unfinished += length;
    stanzaBytes += length;
    while (!failed) {
      int token = xml.next();
      if (token == AsyncXMLStreamReader.EVENT_INCOMPLETE) {
        checkUnfinished();
        return;
      }
      unfinished = 0;
      token(token);
    }
  }

  /** The parser keeps a tag until it is complete, however long that takes. */
  private void checkUnfinished() {
    if (unfinished > limits.stanzaLength()) {
      fail("policy-violation", "a tag or other token exceeds " + limits.stanzaLength() + " bytes");
    } else if (depth > 1 && stanzaBytes > longest()) {
      fail("policy-violation", "a stanza exceeds " + longest() + " bytes");
    }
  }

  private long longest() {
    return Math.max((long) GRACE * limits.stanzaLength(), PASSED_ON);
  }

  private void token(int token) throws XMLStreamException {
    switch (token) {
      case XMLStreamConstants.START_DOCUMENT -> checkEncoding();
      case XMLStreamConstants.START_ELEMENT -> start();
      case XMLStreamConstants.END_ELEMENT -> end();
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
          text();
      case XMLStreamConstants.END_DOCUMENT -> failed = true;
      default -> fail(RESTRICTED);
    }
  }

  private void checkEncoding() {
    String encoding = xml.getCharacterEncodingScheme();
    if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
      fail("unsupported-encoding", "the stream must be in UTF-8");
    }
  }

  private void start() throws XMLStreamException {
    depth++;
    note();
    if (failed) {
      return;
    }
    if (depth == 1) {
      open();
      return;
    }
    if (depth > deepest()) {
      fail("policy-violation", "elements nest deeper than " + deepest());
      return;
    }
    if (depth == 2) {
      stanza = new StanzaBuilder(limits);
      stanzaBytes = 0;
    }
    if (stanza.mayStart(depth - 1, xml)) {
      String uri = xml.getNamespaceURI();
      stanza.start(
          uri.equals(contentNamespace) ? Element.STANZAS : uri, xml.getLocalName(), attributes());
    }
  }

  private void note() {
    names.add(xml.getPrefixedName());
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String prefix = xml.getAttributePrefix(i);
      String name = xml.getAttributeLocalName(i);
      names.add(prefix == null || prefix.isEmpty() ? name : prefix + ":" + name);
    }
    for (int i = 0; i < xml.getNamespaceCount(); i++) {
      names.add("xmlns:" + xml.getNamespacePrefix(i));
    }
    if (names.size() > NAMES_MAX) {
      fail("policy-violation", "more than " + NAMES_MAX + " names of elements and attributes");
    }
  }

  /** What passes the limit of elements at the server between never ends the stream. */
  private int deepest() {
    return Math.max(GRACE * limits.depth(), limits.elements());
  }

  private void open() {
    if (!xml.getNamespaceURI().equals(StreamError.STREAMS)
        || !xml.getLocalName().equals("stream")) {
      fail(
          "invalid-namespace",
          "expected <stream:stream xmlns:stream='" + StreamError.STREAMS + "'>");
      return;
    }
    String uri = xml.getNamespaceContext().getNamespaceURI("");
    contentNamespace = uri == null ? "" : uri;
    Element header = new Element(StreamError.STREAMS, "stream", attributes(), List.of(), "");
    events.add(new StreamEvent.Opened(new StreamHeader(contentNamespace, header)));
  }

  private void end() throws XMLStreamException {
    depth--;
    if (depth == 0) {
      events.add(new StreamEvent.Closed());
      failed = true;
      return;
    }
    stanza.end();
    if (depth == 1) {
      events.add(stanza.finish());
    }
  }

  private void text() throws XMLStreamException {
    if (depth > 1) {
      stanza.text(xml);
    } else if (!xml.isWhiteSpace()) {
      fail("bad-format", "text between stanzas");
    }
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      attributes.put(attributeName(i), xml.getAttributeValue(i));
    }
    return attributes;
  }

  private String attributeName(int index) {
    String uri = xml.getAttributeNamespace(index);
    String name = xml.getAttributeLocalName(index);
    if (uri == null || uri.isEmpty()) {
      return name;
    }
    return uri.equals(XML) ? "xml:" + name : "{" + uri + "}" + name;
  }

  private void fail(String condition, String text) {
    fail(new StreamError(condition, text));
  }

  private void fail(StreamError error) {
    failed = true;
    events.add(new StreamEvent.Failed(error));
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
