// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Component.AnnotationBoundary;
import org.wavefed.model.document.Component.DeleteCharacters;
import org.wavefed.model.document.Component.DeleteElementStart;
import org.wavefed.model.document.Component.ReplaceAttributes;
import org.wavefed.model.document.Component.Retain;
import org.wavefed.model.document.Component.UpdateAttributes;

/**
 * Transforms two concurrent operations on one document, so that both orders end the same ({@code
 * docs/protocol.md}, Transformation).
 *
 * <p>The rules are stated there as four transformations of insertions and of everything else, put
 * together again by composition. Here one pass over both operations does the same: at each place in
 * the common document it takes the client's insertions, the server's, the client's boundary, the
 * server's, and then the items that both cover.
 */
public final class Transformer {
  private final TransformSide client;
  private final TransformSide server;

  private Transformer(DocOp client, DocOp server) {
    this.client = new TransformSide(client);
    this.server = new TransformSide(server);
  }

  /**
   * Transforms a client's operation against a server's.
   *
   * @return both in normal form
   * @throws TransformException if an operand is ill-formed, or they do not fit one document
   */
  public static TransformedPair transform(DocOp client, DocOp server) throws TransformException {
    check(client, "client");
    check(server, "server");
    if (client.inputLength() != server.inputLength()) {
      throw mismatch(
          "the client's is for "
              + client.inputLength()
              + " items, the server's for "
              + server.inputLength());
    }
    return new Transformer(client, server).transform();
  }

  private static void check(DocOp op, String side) throws TransformException {
    try {
      Validator.check(op);
    } catch (InvalidOperationException e) {
      throw mismatch("the " + side + "'s is " + e.getMessage());
    }
  }

  private static TransformException mismatch(String reason) {
    return new TransformException(
        TransformException.Kind.MISMATCH, "operations do not fit one document: " + reason);
  }

  private static TransformException mismatch(Component one, Component two) {
    return mismatch(one + " against " + two);
  }

  private TransformedPair transform() throws TransformException {
    while (true) {
      takeInsertions(client, server);
      takeInsertions(server, client);
      if (client.in.atBoundary()) {
        takeClientBoundary((AnnotationBoundary) client.in.next());
      }
      if (server.in.atBoundary()) {
        takeServerBoundary((AnnotationBoundary) server.in.next());
      }
      if (client.in.atEnd()) {
        return new TransformedPair(client.build(), server.build());
      }
      takeItems();
    }
  }

  /** Takes a side's insertions at this place, and the boundaries before them. */
  private void takeInsertions(TransformSide side, TransformSide other) {
    while (side.in.isInsertionAhead()) {
      Component component = side.in.next();
      if (component instanceof AnnotationBoundary boundary) {
        if (side == client) {
          takeClientBoundary(boundary);
        } else {
          takeServerBoundary(boundary);
        }
      } else if (other.deletionDepth > 0) {
        other.delete(Inverter.invert(component), side);
      } else {
        side.out.add(component);
        other.out.retain(component.outputLength());
        side.keptItem();
        other.keptItem();
      }
    }
  }

  private void takeClientBoundary(AnnotationBoundary boundary) {
    for (String key : boundary.ends()) {
      client.end(key);
      ValueChange tracked = server.tracked.get(key);
      if (tracked != null) {
        server.change(tracked);
      }
      client.tracked.remove(key);
    }
    for (ValueChange change : boundary.changes()) {
      String key = change.key();
      ValueChange tracked = server.tracked.get(key);
      if (tracked == null) {
        client.change(change);
      } else {
        client.change(new ValueChange(key, tracked.newValue(), change.newValue()));
        server.end(key);
      }
      client.tracked.put(key, change);
    }
  }

  private void takeServerBoundary(AnnotationBoundary boundary) {
    for (String key : boundary.ends()) {
      ValueChange tracked = client.tracked.get(key);
      if (tracked == null) {
        server.end(key);
      } else {
        client.change(tracked);
      }
      server.tracked.remove(key);
    }
    for (ValueChange change : boundary.changes()) {
      String key = change.key();
      ValueChange tracked = client.tracked.get(key);
      if (tracked == null) {
        server.change(change);
      } else {
        client.change(new ValueChange(key, change.newValue(), tracked.newValue()));
      }
      server.tracked.put(key, change);
    }
  }

  /** Takes as many items as both current components cover. */
  private void takeItems() throws TransformException {
    Component mine = client.in.current();
    Component theirs = server.in.current();
    boolean clientDeletes = OpReader.isDeletion(mine);
    boolean serverDeletes = OpReader.isDeletion(theirs);
    int length = Math.min(client.in.left(), server.in.left());
    if (clientDeletes && serverDeletes) {
      deleteByBoth(mine, theirs, length);
    } else if (clientDeletes) {
      deleteByOne(client, mine, server, theirs, length);
    } else if (serverDeletes) {
      deleteByOne(server, theirs, client, mine, length);
    } else {
      keep(mine, theirs, length);
      client.keptItem();
      server.keptItem();
    }
    client.advance(length);
    server.advance(length);
  }

  private void deleteByBoth(Component mine, Component theirs, int length)
      throws TransformException {
    boolean same =
        mine instanceof DeleteCharacters && theirs instanceof DeleteCharacters
            ? client.in.text(length).equals(server.in.text(length))
            : mine.equals(theirs);
    if (!same) {
      throw mismatch(mine, theirs);
    }
  }

  private static void deleteByOne(
      TransformSide side, Component deletion, TransformSide other, Component kept, int length)
      throws TransformException {
    if (deletion instanceof DeleteCharacters && kept instanceof Retain) {
      side.delete(new DeleteCharacters(side.in.text(length)), other);
    } else if (kept instanceof Retain) {
      side.delete(deletion, other);
    } else if (deletion instanceof DeleteElementStart start) {
      side.delete(new DeleteElementStart(start.type(), changed(start.attributes(), kept)), other);
    } else {
      throw mismatch(deletion, kept);
    }
  }

  /** The attributes after a component that changes them. */
  private static Attributes changed(Attributes attributes, Component change) {
    if (change instanceof ReplaceAttributes replace) {
      return replace.newAttributes();
    }
    return attributes.with(((UpdateAttributes) change).update().changes());
  }

  private void keep(Component mine, Component theirs, int length) {
    if (mine instanceof Retain && theirs instanceof Retain) {
      emit(null, null, length);
    } else if (mine instanceof Retain) {
      emit(null, theirs, 1);
    } else if (theirs instanceof Retain) {
      emit(mine, null, 1);
    } else if (mine instanceof ReplaceAttributes replace) {
      Attributes before = changed(replace.oldAttributes(), theirs);
      emit(new ReplaceAttributes(before, replace.newAttributes()), null, 1);
    } else if (theirs instanceof ReplaceAttributes replace) {
      Attributes before = changed(replace.oldAttributes(), mine);
      emit(null, new ReplaceAttributes(before, replace.newAttributes()), 1);
    } else {
      AttributesUpdate ours = ((UpdateAttributes) mine).update();
      AttributesUpdate others = ((UpdateAttributes) theirs).update();
      emit(rebased(ours, others), without(others, ours), 1);
    }
  }

  /** Emits what keeps the next items on both sides; null stands for a retain. */
  private void emit(@Nullable Component mine, @Nullable Component theirs, int length) {
    if (mine == null) {
      client.out.retain(length);
    } else {
      client.out.add(mine);
    }
    if (theirs == null) {
      server.out.retain(length);
    } else {
      server.out.add(theirs);
    }
  }

  /** The client's changes, as they are after the server's. */
  private static UpdateAttributes rebased(AttributesUpdate ours, AttributesUpdate others) {
    List<ValueChange> result = new ArrayList<>();
    for (ValueChange change : ours.changes()) {
      ValueChange other = others.find(change.key());
      result.add(
          other == null
              ? change
              : new ValueChange(change.key(), other.newValue(), change.newValue()));
    }
    return new UpdateAttributes(new AttributesUpdate(result));
  }

  /** The server's changes but for those of names that the client changes too. */
  private static UpdateAttributes without(AttributesUpdate others, AttributesUpdate ours) {
    List<ValueChange> result = new ArrayList<>();
    for (ValueChange change : others.changes()) {
      if (ours.find(change.key()) == null) {
        result.add(change);
      }
    }
    return new UpdateAttributes(new AttributesUpdate(result));
  }
}
