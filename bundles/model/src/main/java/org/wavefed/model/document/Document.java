// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/**
 * A document: an immutable sequence of annotated items. Applying an operation shares all that it
 * does not touch, so that a keystroke in a document of n items costs O(log n).
 */
public final class Document {
  /** The document without items. */
  public static final Document EMPTY = new Document(Branch.EMPTY);

  private final Branch root;

  private Document(Branch root) {
    this.root = root;
  }

  /** Reads the items from start to end. */
  public interface Reader {
    /** A run of text, each character with the same annotations. Runs may be split anywhere. */
    void characters(String text, Attributes annotations);

    /** An element's start. */
    void elementStart(String type, Attributes attributes, Attributes annotations);

    /** The end of the innermost open element. */
    void elementEnd(Attributes annotations);
  }

  /**
   * The document that an insert-only operation describes.
   *
   * @throws InvalidOperationException if it is ill-formed, or anything but insertions
   */
  public static Document of(DocOp initialization) throws InvalidOperationException {
    return EMPTY.apply(initialization);
  }

  /**
   * The document after an operation; this one stays as it is.
   *
   * @throws InvalidOperationException if the operation is ill-formed or does not fit this document
   */
  public Document apply(DocOp op) throws InvalidOperationException {
    Validator.check(op);
    Branch after = new Application(root).apply(op);
    return after == root ? this : new Document(after);
  }

  /** The number of items. */
  public int size() {
    return root.size;
  }

  /** The insertions, in normal form, that make this document from the empty one. */
  public DocOp toInitialization() {
    Initialization initialization = new Initialization();
    read(initialization);
    return initialization.finish();
  }

  /** This document as XML text, annotations as processing instructions. */
  public String toXml() {
    XmlText xml = new XmlText();
    read(xml);
    return xml.finish();
  }

  /** Shows every item to a reader, in order. */
  public void read(Reader reader) {
    root.read(reader);
  }

  /** Equal where the items and their annotations are. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Document that
            && size() == that.size()
            && toInitialization().equals(that.toInitialization()));
  }

  @Override
  public int hashCode() {
    return toInitialization().hashCode();
  }

  /** The document as XML text. */
  @Override
  public String toString() {
    return toXml();
  }
}
