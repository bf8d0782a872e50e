// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.store.DeltaStore;

/** The kinds of the stores that are there, but those that were typed before. */
@Service
public final class StoreCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) {
    Map<String, String> answer = new TreeMap<>();
    question
        .services()
        .all(DeltaStore.class)
        .forEach(
            store ->
                answer.put(
                    String.valueOf(store.properties().get("store.kind")),
                    store.service().description()));
    // The last word is still being typed.
    List<String> words = question.words();
    words.stream().limit(Math.max(0, words.size() - 1)).forEach(answer::remove);
    return answer;
  }
}
