// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.wavefed.transport.s2s.End.Layout;

/**
 * What comes of every combination, from no more of them than there are different ones: every two
 * ends meet at each kind of door, and of those that come out the same to the letter at all of them
 * two go every way that the DNS can send them.
 */
final class Factors {
  /** One for each kind of server that the DNS can lead to. */
  private static final List<Layout> DOORS =
      List.of(Layout.ONE_RECORD, Layout.DIRECT_TLS, Layout.WRONG_SERVER);

  private static final List<Layout> LAYOUTS = List.of(Layout.values());

  /** By the two ends with a record each; those that are alike share a list. */
  private final Map<Combination, List<Outcome>> outcomes = new ConcurrentHashMap<>();

  /**
   * The factors of some ends, each with each.
   *
   * @param ends with a layout of one record
   */
  Factors(List<End> ends) {
    Map<List<Outcome>, List<Combination>> alike =
        ends.parallelStream()
            .flatMap(from -> ends.stream().map(to -> new Combination(from, to)))
            .collect(groupingBy(both -> outcomes(both, DOORS), LinkedHashMap::new, toList()));
    alike.values().parallelStream()
        .forEach(
            same -> {
              List<Outcome> all = outcomes(same.get(0), LAYOUTS);
              same.forEach(both -> outcomes.put(both, all));
            });
  }

  Outcome of(Combination both) {
    int index = both.to().layout().ordinal() * LAYOUTS.size() + both.from().layout().ordinal();
    return outcomes.get(both.published(Layout.ONE_RECORD, Layout.ONE_RECORD)).get(index);
  }

  /** Where the initiator is matters only if the DNS is asked. */
  private static List<Outcome> outcomes(Combination both, List<Layout> layouts) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Layout to : layouts) {
      Outcome outcome = both.published(layouts.get(0), to).run();
      outcomes.add(outcome);
      for (Layout from : layouts.subList(1, layouts.size())) {
        outcomes.add(outcome.dialedBack() ? both.published(from, to).run() : outcome);
      }
    }
    return outcomes;
  }
}
