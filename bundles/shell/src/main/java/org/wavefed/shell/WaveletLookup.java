// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wavefed.model.id.InvalidIdException;
import org.wavefed.model.id.WaveletName;
import org.wavefed.wave.WaveletSummary;

/**
 * Finds the wavelet that a person means: by its URI, by its path, by the id of its wave ({@code
 * w+abc}), or by the start of any of these if that is enough to tell it.
 */
public final class WaveletLookup {
  /** The wavelet that people mean when they name a wave. */
  private static final String ROOT = "conv+root";

  private static final int SHOWN = 5;

  private final List<WaveletName> known;

  /**
   * @param known the wavelets to choose from
   */
  public WaveletLookup(List<WaveletSummary> known) {
    this.known = known.stream().map(WaveletSummary::wavelet).toList();
  }

  /**
   * The wavelet meant.
   *
   * @throws Refusal if it is none of them and no full name either, or could be several
   */
  public WaveletName find(String typed) {
    List<WaveletName> exact = matching(typed, String::equals);
    List<WaveletName> found = exact.isEmpty() ? matching(typed, String::startsWith) : exact;
    return switch (found.size()) {
      case 0 -> parse(typed);
      case 1 -> found.get(0);
      default -> throw ambiguous(typed, found);
    };
  }

  /** How a wavelet is shown in a narrow column; {@link #find} understands it. */
  public static String shortName(WaveletName name) {
    String wave = name.wave().id();
    return name.wavelet().id().equals(ROOT) ? wave : wave + "/" + name.wavelet().id();
  }

  private interface Match {
    boolean test(String name, String typed);
  }

  /** Where several wavelets of one wave match, its root conversation alone. */
  private List<WaveletName> matching(String typed, Match match) {
    List<WaveletName> all =
        known.stream()
            .filter(name -> spellings(name).anyMatch(spelling -> match.test(spelling, typed)))
            .toList();
    boolean oneWave = all.stream().map(WaveletName::wave).distinct().count() == 1;
    List<WaveletName> roots =
        all.stream().filter(name -> name.wavelet().id().equals(ROOT)).toList();
    return oneWave && roots.size() == 1 ? roots : all;
  }

  private static Stream<String> spellings(WaveletName name) {
    return Stream.of(
        shortName(name),
        name.wave().id() + "/" + name.wavelet().id(),
        name.wave().domain() + "/" + name.wave().id(),
        name.toString(),
        name.toUri());
  }

  private static WaveletName parse(String typed) {
    if (!typed.contains("/")) {
      throw new Refusal(
          "no wave that you can see starts with '"
              + Printable.of(typed)
              + "': wave:list shows them; a full name is such as acmewave.example/w+abc");
    }
    try {
      WaveletName name = WaveletName.parse(typed);
      Addresses.domain(name.wave().domain());
      return name;
    } catch (InvalidIdException e) {
      throw new Refusal(e.getMessage() + "; a full name is such as acmewave.example/w+abc", e);
    }
  }

  private static Refusal ambiguous(String typed, List<WaveletName> found) {
    Function<WaveletName, String> shown = WaveletName::toString;
    return new Refusal(
        "'"
            + Printable.of(typed)
            + "' could be "
            + found.stream().limit(SHOWN).map(shown).collect(Collectors.joining(", "))
            + (found.size() > SHOWN ? " or " + (found.size() - SHOWN) + " more" : "")
            + ": type more of it");
  }
}
