// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/** A part of a document: a run of like items, or a branch over further parts. Immutable. */
abstract sealed class Node permits Run, Branch {
  /** The number of items in it. */
  final int size;

  /** Whether any item in it is annotated. */
  final boolean annotated;

  Node(int size, boolean annotated) {
    this.size = size;
    this.annotated = annotated;
  }

  /** Shows every run to a reader, in order. */
  abstract void read(Document.Reader reader);
}
