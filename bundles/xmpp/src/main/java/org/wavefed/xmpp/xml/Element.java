// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An XML element. Immutable; equal if names, attributes in any order, children in order and text
 * are equal. Text between children is one string, and white space beside children does not count.
 *
 * @param namespace the namespace; {@link #STANZAS} for stanzas
 * @param name the local name
 * @param attributes by local name; {@code xml:lang} under that name, others with a namespace as
 *     {@code {namespace}name}
 * @param children the child elements
 * @param text all text directly inside
 */
public record Element(
    String namespace,
    String name,
    Map<String, String> attributes,
    List<Element> children,
    String text) {
  /** The namespace of stanzas inside this program, on whatever stream they travel. */
  public static final String STANZAS = "jabber:client";

  public Element {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    children = List.copyOf(children);
    text = !children.isEmpty() && text.isBlank() ? "" : text;
  }

  /** An element with children. */
  public static Element of(String namespace, String name, Element... children) {
    return new Element(namespace, name, Map.of(), List.of(children), "");
  }

  /** The same with one more attribute. */
  public Element with(String attribute, String value) {
    Map<String, String> more = new LinkedHashMap<>(attributes);
    more.put(attribute, value);
    return new Element(namespace, name, more, children, text);
  }

  /** The same with an attribute if there is a value. */
  public Element with(String attribute, Optional<String> value) {
    return value.map(present -> with(attribute, present)).orElse(this);
  }

  /** The same with more children behind those that it has. */
  public Element withChildren(List<Element> more) {
    List<Element> all = new ArrayList<>(children);
    all.addAll(more);
    return new Element(namespace, name, attributes, all, text);
  }

  /** The same with that text. */
  public Element withText(String newText) {
    return new Element(namespace, name, attributes, children, newText);
  }

  /** The same attributes under nothing: for answers that need to know who asked. */
  public Element withoutContent() {
    return new Element(namespace, name, attributes, List.of(), "");
  }

  /** The value of an attribute without a namespace, or of {@code xml:lang}. */
  public Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute));
  }

  /** Whether this element has that name. */
  public boolean is(String otherNamespace, String otherName) {
    return name.equals(otherName) && namespace.equals(otherNamespace);
  }

  /** The children of that name. */
  public Stream<Element> children(String childNamespace, String childName) {
    return children.stream().filter(child -> child.is(childNamespace, childName));
  }

  /** The first child of that name. */
  public Optional<Element> child(String childNamespace, String childName) {
    return children(childNamespace, childName).findFirst();
  }

  /** The XML, as it would stand in a {@code jabber:client} stream; for logs and tests. */
  @Override
  public String toString() {
    return XmlWriter.write(this, STANZAS);
  }
}
