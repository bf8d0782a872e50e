// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Component.AnnotationBoundary;
import org.wavefed.model.document.Component.Characters;
import org.wavefed.model.document.Component.DeleteCharacters;
import org.wavefed.model.document.Component.DeleteElementEnd;
import org.wavefed.model.document.Component.DeleteElementStart;
import org.wavefed.model.document.Component.ElementEnd;
import org.wavefed.model.document.Component.ElementStart;
import org.wavefed.model.document.Component.ReplaceAttributes;
import org.wavefed.model.document.Component.Retain;
import org.wavefed.model.document.Component.UpdateAttributes;

/**
 * A document operation: an immutable list of components. It may be ill-formed, since what arrives
 * has to be represented before it can be judged ({@link Validator}). Equal where the components are
 * equal; nothing is normalised on the way in.
 */
public final class DocOp {
  /** The operation without components, the identity on the empty document. */
  public static final DocOp EMPTY = new DocOp(new Component[0]);

  private final Component[] components;

  /** Worked out when asked for; a race only repeats the work. */
  private @Nullable Lengths lengths;

  /** Set once found; a race only repeats the work. */
  private boolean knownWellFormed;

  private DocOp(Component[] components) {
    this.components = components;
  }

  /** The operation of the given components, as they are. */
  public static DocOp of(Component... components) {
    return new DocOp(components.clone());
  }

  /** The operation of the given components, as they are. */
  public static DocOp of(List<Component> components) {
    return new DocOp(components.toArray(new Component[0]));
  }

  /** A builder without components. */
  public static Builder builder() {
    return new Builder();
  }

  /** The components in order, immutable. */
  public List<Component> components() {
    return List.of(components);
  }

  /** The number of components. */
  public int size() {
    return components.length;
  }

  /**
   * The component at a place.
   *
   * @param index 0 to size − 1
   */
  public Component get(int index) {
    return components[index];
  }

  /** The size in items of the documents that this operation can be applied to. */
  public long inputLength() {
    return lengths().input;
  }

  /** The size in items of the documents that it produces. */
  public long outputLength() {
    return lengths().output;
  }

  private Lengths lengths() {
    Lengths known = lengths;
    if (known == null) {
      known = Lengths.of(components);
      lengths = known;
    }
    return known;
  }

  boolean isKnownWellFormed() {
    return knownWellFormed;
  }

  /** Remembers that this operation is well-formed, so that nobody checks it again. */
  void markWellFormed() {
    knownWellFormed = true;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof DocOp that && Arrays.equals(components, that.components));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(components);
  }

  @Override
  public String toString() {
    return Arrays.toString(components);
  }

  private record Lengths(long input, long output) {
    static Lengths of(Component[] components) {
      long input = 0;
      long output = 0;
      for (Component component : components) {
        input += component.inputLength();
        output += component.outputLength();
      }
      return new Lengths(input, output);
    }
  }

  /** Collects components in order. Not thread-safe; usable again after {@link #build}. */
  public static final class Builder {
    private Component[] components = new Component[8];
    private int size;

    private Builder() {}

    /** Adds a component. */
    public Builder add(Component component) {
      if (size == components.length) {
        components = Arrays.copyOf(components, 2 * size);
      }
      components[size++] = component;
      return this;
    }

    /** Adds {@link Retain}. */
    public Builder retain(int count) {
      return add(new Retain(count));
    }

    /** Adds {@link Characters}. */
    public Builder characters(String text) {
      return add(new Characters(text));
    }

    /** Adds {@link ElementStart}. */
    public Builder elementStart(String type, Attributes attributes) {
      return add(new ElementStart(type, attributes));
    }

    /** Adds {@link ElementEnd}. */
    public Builder elementEnd() {
      return add(ElementEnd.INSTANCE);
    }

    /** Adds {@link DeleteCharacters}. */
    public Builder deleteCharacters(String text) {
      return add(new DeleteCharacters(text));
    }

    /** Adds {@link DeleteElementStart}. */
    public Builder deleteElementStart(String type, Attributes attributes) {
      return add(new DeleteElementStart(type, attributes));
    }

    /** Adds {@link DeleteElementEnd}. */
    public Builder deleteElementEnd() {
      return add(DeleteElementEnd.INSTANCE);
    }

    /** Adds {@link ReplaceAttributes}. */
    public Builder replaceAttributes(Attributes oldAttributes, Attributes newAttributes) {
      return add(new ReplaceAttributes(oldAttributes, newAttributes));
    }

    /** Adds {@link UpdateAttributes}. */
    public Builder updateAttributes(AttributesUpdate update) {
      return add(new UpdateAttributes(update));
    }

    /** Adds {@link AnnotationBoundary}. */
    public Builder annotationBoundary(List<String> ends, List<ValueChange> changes) {
      return add(new AnnotationBoundary(ends, changes));
    }

    /** The operation of the components added so far. */
    public DocOp build() {
      return size == 0 ? EMPTY : new DocOp(Arrays.copyOf(components, size));
    }
  }
}
