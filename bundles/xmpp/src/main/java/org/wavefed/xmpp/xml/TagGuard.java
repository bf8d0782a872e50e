// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

import java.util.Optional;

/**
 * Looks at what comes before the parser does. A tag costs the parser the square of its attributes,
 * and it keeps comments, DTDs and the like until they are complete: here they are known as soon as
 * they begin. Says nothing of XML that is broken: that is for the parser. Not thread-safe.
 */
final class TagGuard {
  private enum Place {
    TEXT,
    OPENED,
    TAG,
    QUOTED,
    DECLARED,
    CDATA
  }

  private final int attributesMax;
  private Place place = Place.TEXT;
  private byte quote;
  private int attributes;
  private int brackets;
  private Optional<StreamError> fault = Optional.empty();

  /**
   * @param attributesMax how many attributes, declarations of namespaces too, a tag may have
   */
  TagGuard(int attributesMax) {
    this.attributesMax = attributesMax;
  }

  /** Looks at a piece; returns how many of its bytes may be read. */
  int look(byte[] piece, int offset, int length) {
    for (int i = 0; i < length; i++) {
      byte next = piece[offset + i];
      step(next);
      if (place == Place.DECLARED && next != '!') {
        fault = Optional.of(StreamReader.RESTRICTED);
        return i;
      } else if (attributes > attributesMax) {
        String text = "a tag has more than " + attributesMax + " attributes";
        fault = Optional.of(new StreamError("policy-violation", text));
        return i;
      }
    }
    return length;
  }

  /** Why the stream must end, if it must. */
  Optional<StreamError> fault() {
    return fault;
  }

  private void step(byte next) {
    switch (place) {
      case TEXT -> {
        if (next == '<') {
          place = Place.OPENED;
          attributes = 0;
        }
      }
      case OPENED -> {
        place = next == '!' ? Place.DECLARED : Place.TAG;
        tag(next);
      }
      case TAG -> tag(next);
      case QUOTED -> place = next == quote ? Place.TAG : Place.QUOTED;
      case DECLARED -> {
        brackets = 0;
        place = next == '[' ? Place.CDATA : Place.DECLARED;
      }
      case CDATA -> cdata(next);
    }
  }

  private void tag(byte next) {
    if (next == '>') {
      place = Place.TEXT;
    } else if (next == '"' || next == '\'') {
      place = Place.QUOTED;
      quote = next;
      attributes++;
    }
  }

  private void cdata(byte next) {
    if (next == '>' && brackets >= 2) {
      place = Place.TEXT;
    }
    brackets = next == ']' ? brackets + 1 : 0;
  }
}
