// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void jsonShouldEscapeWhatEndsATextOrHarmsATerminal() {
    assertThat(Json.of(Map.of("a\"b", List.of(1, true, "c\\d\n\u001b[2J\u00e9"))))
        .isEqualTo("{\"a\\\"b\":[1,true,\"c\\\\d\\u000a\\u001b[2J\\u00e9\"]}");
  }
}
