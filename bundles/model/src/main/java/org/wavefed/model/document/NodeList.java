// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.Arrays;
import org.wavefed.model.document.Run.TextRun;

/**
 * Collects nodes of one height. Small neighbours are merged where that is asked for. Not
 * thread-safe.
 */
final class NodeList {
  private static final Node[] NONE = {};

  private Node[] nodes;
  private int size;

  NodeList() {
    nodes = NONE;
  }

  NodeList(int capacity) {
    nodes = new Node[capacity];
  }

  int size() {
    return size;
  }

  Node get(int index) {
    return nodes[index];
  }

  Node[] toArray(int from, int to) {
    return from == 0 && to == nodes.length ? nodes : Arrays.copyOfRange(nodes, from, to);
  }

  /** Adds a node as it is. */
  void add(Node node) {
    if (size == nodes.length) {
      nodes = Arrays.copyOf(nodes, Math.max(4, 2 * size));
    }
    nodes[size++] = node;
  }

  /** Adds some nodes as they are. */
  void addAll(Node[] added, int from, int to) {
    if (size + to - from > nodes.length) {
      nodes = Arrays.copyOf(nodes, Math.max(size + to - from, 2 * size));
    }
    System.arraycopy(added, from, nodes, size, to - from);
    size += to - from;
  }

  /** Adds a node, or merges it with the last one if both together are small. */
  void merge(Node node) {
    if (size == 0) {
      add(node);
    } else if (node instanceof TextRun text) {
      mergeText(text);
    } else if (node instanceof Branch branch) {
      mergeBranch(branch);
    } else {
      add(node);
    }
  }

  /** Adds text, cut into runs that are not too long. */
  void addText(String text, Attributes annotations) {
    for (int start = 0; start < text.length(); start += Run.MAX_TEXT) {
      int end = Math.min(text.length(), start + Run.MAX_TEXT);
      merge(new TextRun(text.substring(start, end), annotations));
    }
  }

  private void mergeText(TextRun run) {
    if (nodes[size - 1] instanceof TextRun last
        && last.size + run.size <= Run.MAX_TEXT
        && last.annotations.equals(run.annotations)) {
      nodes[size - 1] = new TextRun(last.text.concat(run.text), last.annotations);
    } else {
      add(run);
    }
  }

  private void mergeBranch(Branch branch) {
    Branch last = (Branch) nodes[size - 1];
    if (last.width() + branch.width() <= Branch.MAX_WIDTH) {
      nodes[size - 1] = last.joined(branch);
    } else {
      add(branch);
    }
  }
}
