// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Run.TextRun;

/**
 * A node over nodes of one lower height. All runs of a tree stand at the same depth, and a branch
 * has at most {@link #MAX_WIDTH} children, so that an edit copies a few short arrays and shares the
 * rest. Immutable.
 */
final class Branch extends Node {
  static final int MAX_WIDTH = 32;

  private static final NodeList NOTHING = new NodeList();

  /** The tree without items. */
  static final Branch EMPTY = new Branch(new Node[0]);

  private final Node[] children;

  private Branch(Node[] children) {
    this(children, sizeOf(children), isAnyAnnotated(children));
  }

  private Branch(Node[] children, int size, boolean annotated) {
    super(size, annotated);
    this.children = children;
  }

  private static int sizeOf(Node[] children) {
    int size = 0;
    for (Node child : children) {
      size += child.size;
    }
    return size;
  }

  private static boolean isAnyAnnotated(Node[] children) {
    for (Node child : children) {
      if (child.annotated) {
        return true;
      }
    }
    return false;
  }

  int width() {
    return children.length;
  }

  Node child(int index) {
    return children[index];
  }

  /** One branch over the children of both. */
  Branch joined(Branch next) {
    Node[] all = Arrays.copyOf(children, children.length + next.children.length);
    System.arraycopy(next.children, 0, all, children.length, next.children.length);
    return new Branch(all);
  }

  @Override
  void read(Document.Reader reader) {
    for (Node child : children) {
      child.read(reader);
    }
  }

  /**
   * The tree with the items between two places replaced.
   *
   * @param from the first item to go
   * @param to the first item after it to stay
   * @param inserted the runs that come in their place
   */
  Branch replace(int from, int to, NodeList inserted) {
    NodeList top = new NodeList(2);
    edit(from, to, inserted, top);
    while (top.size() > 1) {
      NodeList higher = new NodeList(2);
      pack(top, higher);
      top = higher;
    }
    Branch root = top.size() == 0 ? EMPTY : (Branch) top.get(0);
    while (root.children.length == 1 && root.children[0] instanceof Branch only) {
      root = only;
    }
    return root;
  }

  /**
   * The tree with text inserted into one run, which is all that most keystrokes do.
   *
   * @param place the item before which the text goes
   * @return null if there is no run there with the same annotations and enough room
   */
  @Nullable Branch insertIntoRun(int place, TextRun inserted) {
    int index = 0;
    int start = 0;
    while (index < children.length - 1 && start + children[index].size < place) {
      start += children[index++].size;
    }
    if (index == children.length) {
      return null;
    }
    Node edited =
        children[index] instanceof Branch branch
            ? branch.insertIntoRun(place - start, inserted)
            : ((Run) children[index]).withText(place - start, inserted);
    if (edited == null) {
      return null;
    }
    Node[] copy = children.clone();
    copy[index] = edited;
    return new Branch(copy, size + inserted.size, annotated);
  }

  /** Adds to a list the branches that this one becomes by an edit; none if nothing is left. */
  private void edit(int from, int to, NodeList inserted, NodeList out) {
    int index = 0;
    int start = 0;
    while (index < children.length - 1 && start + children[index].size < from) {
      start += children[index++].size;
    }
    NodeList edited = new NodeList(children.length + 2);
    edited.addAll(children, 0, index);
    NodeList insertion = inserted;
    do {
      if (index < children.length) {
        Node child = children[index++];
        int end = start + child.size;
        editChild(child, Math.max(from - start, 0), Math.min(to, end) - start, insertion, edited);
        start = end;
      } else {
        mergeAll(insertion, edited);
      }
      insertion = NOTHING;
    } while (start < to);
    if (index < children.length) {
      edited.merge(children[index++]);
      edited.addAll(children, index, children.length);
    }
    pack(edited, out);
  }

  private static void editChild(Node child, int from, int to, NodeList inserted, NodeList out) {
    if (child instanceof Branch branch) {
      NodeList edited = new NodeList(2);
      branch.edit(from, to, inserted, edited);
      mergeAll(edited, out);
      return;
    }
    Run run = (Run) child;
    if (from > 0) {
      out.merge(run.part(0, from));
    }
    mergeAll(inserted, out);
    if (to < run.size) {
      out.merge(run.part(to, run.size));
    }
  }

  private static void mergeAll(NodeList nodes, NodeList out) {
    for (int i = 0; i < nodes.size(); i++) {
      out.merge(nodes.get(i));
    }
  }

  /** Puts nodes under as few branches as can be, of about the same width. */
  private static void pack(NodeList nodes, NodeList out) {
    int count = (nodes.size() + MAX_WIDTH - 1) / MAX_WIDTH;
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) nodes.size() * i / count);
      int to = (int) ((long) nodes.size() * (i + 1) / count);
      out.add(new Branch(nodes.toArray(from, to)));
    }
  }
}
