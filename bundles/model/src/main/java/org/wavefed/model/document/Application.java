// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.Objects;
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
import org.wavefed.model.document.Run.EndRun;
import org.wavefed.model.document.Run.StartRun;
import org.wavefed.model.document.Run.TextRun;

/**
 * Applies a well-formed operation to a tree of runs, checking every step ({@code docs/protocol.md},
 * Operations). Used once. Not thread-safe.
 */
final class Application {
  private final Branch source;
  private final RunCursor cursor;
  private final ChangeMap active = new ChangeMap();

  /** The next item of the source. */
  private int in;

  private Branch result;

  /** The next item of the result; while an edit is open, the place where it began. */
  private int out;

  /** The edit that is being collected: how many items go at {@link #out}, and what comes there. */
  private int removed;

  private @Nullable NodeList inserted;
  private int insertedSize;

  /**
   * The annotations that a deletion has to reset to, those of the last item that stays or is new.
   * They are worked out when needed, for the place in the source where that item's annotations are
   * from.
   */
  private Attributes kept = Attributes.EMPTY;

  private int keptFrom = -1;

  Application(Branch source) {
    this.source = source;
    this.result = source;
    this.cursor = new RunCursor(source);
  }

  /** The tree after the operation. */
  Branch apply(DocOp op) throws InvalidOperationException {
    for (int i = 0; i < op.size(); i++) {
      apply(op.get(i));
    }
    if (in != source.size) {
      throw invalid("the operation ends there, the document has " + source.size + " items");
    }
    flush();
    return result;
  }

  private InvalidOperationException invalid(String fault) {
    return new InvalidOperationException(
        InvalidOperationException.Kind.INVALID_DOCUMENT,
        "does not fit the document at item " + in + ": " + fault);
  }

  private void apply(Component component) throws InvalidOperationException {
    if (component instanceof Retain retain) {
      retain(retain.count());
    } else if (component instanceof Characters characters) {
      Attributes annotations = annotationsForInsertion();
      edit().addText(characters.text(), annotations);
      insertedSize += characters.text().length();
    } else if (component instanceof ElementStart start) {
      insert(new StartRun(start.type(), start.attributes(), annotationsForInsertion()));
    } else if (component instanceof ElementEnd) {
      insert(EndRun.of(annotationsForInsertion()));
    } else if (component instanceof DeleteCharacters characters) {
      deleteText(characters.text());
    } else if (component instanceof DeleteElementStart start) {
      delete(start);
    } else if (component instanceof DeleteElementEnd) {
      deleteElementEnd();
    } else if (component instanceof ReplaceAttributes replace) {
      replace(replace);
    } else if (component instanceof UpdateAttributes update) {
      update(update.update());
    } else {
      apply((AnnotationBoundary) component);
    }
  }

  private void apply(AnnotationBoundary boundary) {
    keptAnnotations();
    for (String key : boundary.ends()) {
      active.remove(key);
    }
    for (ValueChange change : boundary.changes()) {
      active.put(change.key(), change);
    }
  }

  private void retain(int count) throws InvalidOperationException {
    if (count > source.size - in) {
      throw invalid("retain of " + count + " items, " + (source.size - in) + " are left");
    }
    if (active.isEmpty()) {
      flush();
      in += count;
      out += count;
    } else {
      annotate(in + count);
    }
    keptFrom = in;
  }

  /** Keeps the items up to a place under the active annotation changes. */
  private void annotate(int end) throws InvalidOperationException {
    while (in < end) {
      Run run = cursor.seek(in);
      int from = in - cursor.start();
      int to = Math.min(run.size, end - cursor.start());
      Attributes annotations = annotationsForKeeping(run);
      if (annotations == run.annotations) {
        flush();
        out += to - from;
      } else {
        remove(to - from);
        insert(run.part(from, to).with(annotations));
      }
      in = cursor.start() + to;
    }
  }

  private void deleteText(String text) throws InvalidOperationException {
    int done = 0;
    while (done < text.length()) {
      if (in == source.size || !(cursor.seek(in) instanceof TextRun run)) {
        throw invalid("no text to delete, '" + text.substring(done) + "' expected");
      }
      int from = in - cursor.start();
      int length = Math.min(run.size - from, text.length() - done);
      if (!run.text.regionMatches(from, text, done, length)) {
        throw invalid("the text to delete is not '" + text.substring(done, done + length) + "'");
      }
      checkDeletion(run);
      remove(length);
      in += length;
      done += length;
    }
  }

  private void delete(DeleteElementStart deletion) throws InvalidOperationException {
    StartRun start = startHere();
    if (!start.type.equals(deletion.type()) || !start.attributes.equals(deletion.attributes())) {
      throw invalid(
          "the element to delete is not <" + deletion.type() + deletion.attributes() + ">");
    }
    checkDeletion(start);
    remove(1);
    in++;
  }

  private void deleteElementEnd() throws InvalidOperationException {
    if (in == source.size || !(cursor.seek(in) instanceof EndRun end)) {
      throw invalid("no element end to delete");
    }
    checkDeletion(end);
    remove(1);
    in++;
  }

  private void replace(ReplaceAttributes replace) throws InvalidOperationException {
    StartRun start = startHere();
    if (!start.attributes.equals(replace.oldAttributes())) {
      throw invalid("the old attributes are not" + replace.oldAttributes());
    }
    setAttributes(start, replace.newAttributes());
  }

  private void update(AttributesUpdate update) throws InvalidOperationException {
    StartRun start = startHere();
    if (!update.fits(start.attributes)) {
      throw invalid("the old attribute values are not those of" + start.attributes);
    }
    setAttributes(start, start.attributes.with(update.changes()));
  }

  private StartRun startHere() throws InvalidOperationException {
    if (in == source.size || !(cursor.seek(in) instanceof StartRun start)) {
      throw invalid("no element starts here");
    }
    return start;
  }

  private void setAttributes(StartRun start, Attributes attributes)
      throws InvalidOperationException {
    Attributes annotations = annotationsForKeeping(start);
    remove(1);
    insert(new StartRun(start.type, attributes, annotations));
    in++;
    keptFrom = in;
  }

  /** The annotations of an item that stays, under the active changes. */
  private Attributes annotationsForKeeping(Run run) throws InvalidOperationException {
    if (active.isEmpty()) {
      return run.annotations;
    }
    checkOldValues(run.annotations);
    Attributes after = run.annotations.with(active.changes());
    return after.equals(run.annotations) ? run.annotations : after;
  }

  /** The annotations of an item inserted here: those of the item on the left, under the changes. */
  private Attributes annotationsForInsertion() throws InvalidOperationException {
    Attributes left = annotationsBefore(in);
    keptFrom = in;
    if (active.isEmpty()) {
      return left;
    }
    checkOldValues(left);
    return left.with(active.changes());
  }

  private void checkOldValues(Attributes annotations) throws InvalidOperationException {
    for (int i = 0; i < active.size(); i++) {
      String key = active.key(i);
      ValueChange change = Objects.requireNonNull(active.change(i));
      if (!Objects.equals(change.oldValue(), annotations.find(key))) {
        throw invalid(
            "annotation '"
                + key
                + "' is "
                + annotations.find(key)
                + ", the operation expects "
                + change.oldValue());
      }
    }
  }

  /** Checks that a deletion leaves the annotations as the item before it has them. */
  private void checkDeletion(Run run) throws InvalidOperationException {
    Attributes target = keptAnnotations();
    checkOldValues(run.annotations);
    for (int i = 0; i < active.size(); i++) {
      ValueChange change = Objects.requireNonNull(active.change(i));
      if (!Objects.equals(change.newValue(), target.find(change.key()))) {
        throw invalid("the deletion resets annotation '" + change.key() + "' to a wrong value");
      }
    }
    if (!run.annotations.equals(target)) {
      checkAllReset(run.annotations, target);
      checkAllReset(target, run.annotations);
    }
  }

  private void checkAllReset(Attributes one, Attributes other) throws InvalidOperationException {
    for (int i = 0; i < one.size(); i++) {
      String key = one.name(i);
      if (!one.value(i).equals(other.find(key)) && !active.contains(key)) {
        throw invalid("the deletion does not reset annotation '" + key + "'");
      }
    }
  }

  private Attributes keptAnnotations() {
    if (keptFrom >= 0) {
      kept = annotationsBefore(keptFrom).with(active.changes());
      keptFrom = -1;
    }
    return kept;
  }

  private Attributes annotationsBefore(int position) {
    return position == 0 || !source.annotated
        ? Attributes.EMPTY
        : cursor.seek(position - 1).annotations;
  }

  private void remove(int count) {
    edit();
    removed += count;
  }

  private void insert(Run run) {
    edit().merge(run);
    insertedSize += run.size;
  }

  private NodeList edit() {
    if (inserted == null) {
      inserted = new NodeList(1);
    }
    return inserted;
  }

  /** Carries the collected edit out. */
  private void flush() {
    if (inserted != null) {
      Branch quick = null;
      if (removed == 0 && inserted.size() == 1 && inserted.get(0) instanceof TextRun text) {
        quick = result.insertIntoRun(out, text);
      }
      result = quick != null ? quick : result.replace(out, out + removed, inserted);
      out += insertedSize;
      removed = 0;
      insertedSize = 0;
      inserted = null;
    }
  }
}
