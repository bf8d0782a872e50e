// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a check finds in one case. For one thread. */
final class Findings {
  private static final int MAX_SHOWN = 400;

  private final List<String> mismatches = new ArrayList<>();
  private final Set<Difference> differences = EnumSet.noneOf(Difference.class);

  /** Compares one answer. */
  void equal(String what, @Nullable Object expected, @Nullable Object came) {
    if (!Objects.equals(expected, came)) {
      mismatch(what, expected, came);
    }
  }

  void mismatch(String what, @Nullable Object expected, @Nullable Object came) {
    mismatches.add("%s: expected %s, came %s".formatted(what, shown(expected), shown(came)));
  }

  /** Compares an answer, or the fact of a refusal, with a field that holds either. */
  void answer(String what, JsonNode expected, Supplier<? extends @Nullable Object> answer) {
    Object came;
    try {
      came = ModelJson.toJson(answer.get());
    } catch (IllegalArgumentException refusal) {
      if (!isError(expected)) {
        mismatch(what, expected, refusal);
      }
      return;
    }
    if (isError(expected)) {
      mismatch(what, "a refusal like " + expected.path("error"), came);
    } else {
      equal(what, expected, came);
    }
  }

  /** Notes that a rule explains what was not as the original has it. */
  void differs(Difference rule) {
    differences.add(rule);
  }

  static boolean isError(JsonNode value) {
    return value.isObject() && value.has("error");
  }

  List<String> mismatches() {
    return List.copyOf(mismatches);
  }

  Set<Difference> differences() {
    return differences;
  }

  private static String shown(@Nullable Object value) {
    String text =
        value instanceof Exception e
            ? e.getClass().getSimpleName() + ": " + e.getMessage()
            : ModelJson.show(value);
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
