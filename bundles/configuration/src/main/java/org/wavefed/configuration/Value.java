// SPDX-License-Identifier: Apache-2.0
package org.wavefed.configuration;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One value of a configuration. */
final class Value {
  private Value() {}

  /**
   * What is given for a member.
   *
   * @throws IllegalArgumentException saying what it must be, and what it is
   */
  static Object of(Method member, Object given) {
    Class<?> type = member.getReturnType();
    String whole = given instanceof Object[] several ? joined(several) : String.valueOf(given);
    String text = whole.strip();
    if (type == String.class) {
      OneOf choice = member.getAnnotation(OneOf.class);
      return choice == null ? whole : word(text, choice.value());
    } else if (type == boolean.class) {
      return truth(text);
    } else if (type == int.class) {
      return (int) number(text, member.getAnnotation(Within.class), Integer.MAX_VALUE);
    } else if (type == long.class) {
      return number(text, member.getAnnotation(Within.class), Long.MAX_VALUE);
    }
    throw new IllegalStateException(member + " is not of a type that is known");
  }

  /** As a file has them. */
  private static String joined(Object[] several) {
    return Arrays.stream(several).map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String word(String text, String[] words) {
    return Arrays.stream(words)
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be %s, not '%s'".formatted(String.join(" or ", words), text)));
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false, not '" + text + "'");
    };
  }

  private static long number(String text, @Nullable Within within, long largest) {
    long least = within == null ? -largest : within.least();
    long most = within == null ? largest : Math.min(within.most(), largest);
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw outside(text, least, most, e);
    }
    throw outside(text, least, most, null);
  }

  private static IllegalArgumentException outside(
      String text, long least, long most, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "must be a whole number from %d to %d, not '%s'".formatted(least, most, text), cause);
  }
}
