// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.ItemList.End;
import org.wavefed.model.document.ItemList.Item;
import org.wavefed.model.document.ItemList.Start;

/** Makes random operations that fit a document: nested elements, attributes and annotations. */
final class RandomOperations {
  private static final String[] KEYS = {"a", "b", "style/c"};
  private static final String[] NAMES = {"i", "t"};
  private static final String[] TYPES = {"p", "line"};

  private final Random random;

  RandomOperations(long seed) {
    random = new Random(seed);
  }

  /** A document made by some operations, one upon the other. */
  Document document(int steps) throws InvalidOperationException {
    Document document = Document.EMPTY;
    for (int i = 0; i < steps; i++) {
      document = document.apply(next(document));
    }
    return document;
  }

  /** An operation that fits a document. */
  DocOp next(Document document) {
    return new Walk(ItemList.of(document).items()).make();
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String pick(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private @Nullable String value() {
    int choice = random.nextInt(4);
    return choice == 0 ? null : Integer.toString(choice);
  }

  private Attributes attributes() {
    Map<String, String> map = new TreeMap<>();
    for (String name : NAMES) {
      String value = value();
      if (value != null) {
        map.put(name, value);
      }
    }
    return Attributes.of(map);
  }

  private final class Walk {
    private final List<Item> items;
    private final NormalForm out = new NormalForm();
    private final TreeSet<String> open = new TreeSet<>();
    private final Map<String, String> wanted = new TreeMap<>();
    private final TreeSet<String> forced = new TreeSet<>();
    private Map<String, String> target = Map.of();
    private int in;

    Walk(List<Item> items) {
      this.items = items;
    }

    DocOp make() {
      while (in < items.size()) {
        if (chance(15)) {
          changeWishes();
        }
        if (chance(12)) {
          insert(2);
        } else if (chance(15) && !(items.get(in).content() instanceof End)) {
          delete();
        } else {
          keep();
        }
      }
      if (chance(40) || items.isEmpty()) {
        insert(3);
      }
      open.forEach(out::end);
      return out.build();
    }

    private void changeWishes() {
      String key = pick(KEYS);
      if (forced.remove(key)) {
        wanted.remove(key);
      } else {
        forced.add(key);
        String value = value();
        if (value != null) {
          wanted.put(key, value);
        }
      }
    }

    /** Opens just the changes that lead from one set of annotations to another. */
    private void boundary(Map<String, String> before, Map<String, String> after) {
      TreeSet<String> keys = new TreeSet<>(before.keySet());
      keys.addAll(after.keySet());
      keys.addAll(forced);
      for (String key : new ArrayList<>(open)) {
        out.end(key);
      }
      open.clear();
      for (String key : keys) {
        boolean differs = !Objects.equals(before.get(key), after.get(key));
        if (differs || forced.contains(key)) {
          out.change(new ValueChange(key, before.get(key), after.get(key)));
          open.add(key);
        }
      }
    }

    private Map<String, String> wished(Map<String, String> annotations) {
      Map<String, String> result = new TreeMap<>(annotations);
      for (String key : forced) {
        result.remove(key);
        if (wanted.containsKey(key)) {
          result.put(key, wanted.get(key));
        }
      }
      return result;
    }

    private void keep() {
      Item item = items.get(in);
      Map<String, String> after = wished(item.annotations());
      boundary(item.annotations(), after);
      target = after;
      in++;
      if (item.content() instanceof Start start && chance(30)) {
        change(start);
      } else {
        out.retain(1);
      }
    }

    private void change(Start start) {
      if (chance(50)) {
        out.add(new Component.ReplaceAttributes(start.attributes(), attributes()));
        return;
      }
      List<ValueChange> changes = new ArrayList<>();
      for (String name : NAMES) {
        if (chance(50)) {
          changes.add(new ValueChange(name, start.attributes().find(name), value()));
        }
      }
      out.add(new Component.UpdateAttributes(new AttributesUpdate(changes)));
    }

    private void insert(int depth) {
      Map<String, String> left = in == 0 ? Map.of() : items.get(in - 1).annotations();
      target = wished(left);
      boundary(left, target);
      if (depth > 0 && chance(40)) {
        out.add(new Component.ElementStart(pick(TYPES), attributes()));
        insert(depth - 1);
        if (chance(50)) {
          changeWishes();
          insert(depth - 1);
        }
        out.add(Component.ElementEnd.INSTANCE);
      } else {
        out.characters("abcdef".substring(random.nextInt(5), 6));
      }
    }

    /** Deletes a character, or a whole element. */
    private void delete() {
      int depth = 0;
      do {
        Item item = items.get(in);
        boundary(item.annotations(), target);
        if (item.content() instanceof Start start) {
          out.add(new Component.DeleteElementStart(start.type(), start.attributes()));
          depth++;
        } else if (item.content() instanceof End) {
          out.add(Component.DeleteElementEnd.INSTANCE);
          depth--;
        } else {
          out.deleteCharacters((String) item.content());
        }
        in++;
      } while (depth > 0);
    }
  }
}
