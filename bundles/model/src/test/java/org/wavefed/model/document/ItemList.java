// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
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

/** A document as a plain list of items, and the rules of application written down naively. */
record ItemList(List<Item> items) {
  /** A character (as text of one code unit), an element start, or an element end. */
  record Item(Object content, Map<String, String> annotations) {}

  /** An element start. */
  record Start(String type, Attributes attributes) {}

  /** An element end. */
  record End() {}

  /** Marks an operation that does not fit. */
  static final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;
  }

  static ItemList of(Document document) {
    List<Item> items = new ArrayList<>();
    document.read(
        new Document.Reader() {
          @Override
          public void characters(String text, Attributes annotations) {
            for (int i = 0; i < text.length(); i++) {
              items.add(new Item(text.substring(i, i + 1), map(annotations)));
            }
          }

          @Override
          public void elementStart(String type, Attributes attributes, Attributes annotations) {
            items.add(new Item(new Start(type, attributes), map(annotations)));
          }

          @Override
          public void elementEnd(Attributes annotations) {
            items.add(new Item(new End(), map(annotations)));
          }
        });
    return new ItemList(items);
  }

  private static Map<String, String> map(Attributes annotations) {
    Map<String, String> map = new TreeMap<>();
    for (String name : annotations.names()) {
      map.put(name, annotations.get(name).orElseThrow());
    }
    return map;
  }

  ItemList apply(DocOp op) throws Misfit {
    return new Step().apply(op);
  }

  private final class Step {
    private final List<Item> result = new ArrayList<>();
    private final Map<String, ValueChange> active = new TreeMap<>();
    private Map<String, String> target = Map.of();
    private int in;

    ItemList apply(DocOp op) throws Misfit {
      for (Component component : op.components()) {
        apply(component);
      }
      require(in == items.size());
      return new ItemList(result);
    }

    private void apply(Component component) throws Misfit {
      if (component instanceof AnnotationBoundary boundary) {
        boundary.ends().forEach(active::remove);
        boundary.changes().forEach(change -> active.put(change.key(), change));
      } else if (component instanceof Retain retain) {
        for (int i = 0; i < retain.count(); i++) {
          keep(next().content());
        }
      } else if (component instanceof Characters characters) {
        for (int i = 0; i < characters.text().length(); i++) {
          insert(characters.text().substring(i, i + 1));
        }
      } else if (component instanceof ElementStart start) {
        insert(new Start(start.type(), start.attributes()));
      } else if (component instanceof ElementEnd) {
        insert(new End());
      } else if (component instanceof DeleteCharacters characters) {
        for (int i = 0; i < characters.text().length(); i++) {
          delete(characters.text().substring(i, i + 1));
        }
      } else if (component instanceof DeleteElementStart start) {
        delete(new Start(start.type(), start.attributes()));
      } else if (component instanceof DeleteElementEnd) {
        delete(new End());
      } else if (component instanceof ReplaceAttributes replace) {
        Start start = start();
        require(start.attributes().equals(replace.oldAttributes()));
        keep(new Start(start.type(), replace.newAttributes()));
      } else {
        update(((UpdateAttributes) component).update());
      }
    }

    private void update(AttributesUpdate update) throws Misfit {
      Start start = start();
      Map<String, String> attributes = map(start.attributes());
      for (ValueChange change : update.changes()) {
        require(Objects.equals(attributes.get(change.key()), change.oldValue()));
        set(attributes, change);
      }
      keep(new Start(start.type(), Attributes.of(attributes)));
    }

    private Start start() throws Misfit {
      require(next().content() instanceof Start);
      return (Start) next().content();
    }

    private Item next() throws Misfit {
      require(in < items.size());
      return items.get(in);
    }

    private Map<String, String> left() {
      return in == 0 ? Map.of() : items.get(in - 1).annotations();
    }

    private Map<String, String> changed(Map<String, String> annotations) {
      Map<String, String> result = new TreeMap<>(annotations);
      active.values().forEach(change -> set(result, change));
      return result;
    }

    private static void set(Map<String, String> map, ValueChange change) {
      if (change.newValue() == null) {
        map.remove(change.key());
      } else {
        map.put(change.key(), change.newValue());
      }
    }

    private void checkOld(Map<String, String> annotations) throws Misfit {
      for (ValueChange change : active.values()) {
        require(Objects.equals(annotations.get(change.key()), change.oldValue()));
      }
    }

    private void keep(Object content) throws Misfit {
      checkOld(next().annotations());
      result.add(new Item(content, changed(next().annotations())));
      in++;
      target = changed(left());
    }

    private void insert(Object content) throws Misfit {
      checkOld(left());
      result.add(new Item(content, changed(left())));
      target = changed(left());
    }

    private void delete(Object content) throws Misfit {
      Map<String, String> annotations = next().annotations();
      require(next().content().equals(content));
      checkOld(annotations);
      for (ValueChange change : active.values()) {
        require(Objects.equals(target.get(change.key()), change.newValue()));
      }
      TreeSet<String> keys = new TreeSet<>(annotations.keySet());
      keys.addAll(target.keySet());
      for (String key : keys) {
        boolean differs = !Objects.equals(annotations.get(key), target.get(key));
        require(!differs || active.containsKey(key));
      }
      in++;
    }

    private static void require(boolean condition) throws Misfit {
      if (!condition) {
        throw new Misfit();
      }
    }
  }
}
