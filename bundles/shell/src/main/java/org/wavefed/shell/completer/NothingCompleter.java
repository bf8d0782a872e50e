// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Offers nothing, where only the person can know: better than the names of files. */
@Service
public final class NothingCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) {
    return Map.of();
  }
}
