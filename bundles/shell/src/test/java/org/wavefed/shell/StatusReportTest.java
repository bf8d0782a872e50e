// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wavefed.shell.StatusReport.Line;

class StatusReportTest {
  @Test
  void reportShouldNameEveryMissingPartWithWhatToDo() {
    StatusReport report = StatusReport.of(new FakeServices());
    assertThat(report.lines()).isEmpty();
    assertThat(report.missing())
        .doesNotHaveDuplicates()
        .anyMatch(line -> line.contains("no store is running"))
        .anyMatch(line -> line.contains("no federation transport is running"))
        .anyMatch(line -> line.contains("the wave server is not running"))
        .allMatch(line -> line.contains("feature:install wavefed-"));
  }

  @Test
  void reportShouldNotCallAPartMissingThatIsThere() {
    StatusReport report = StatusReport.of(new FakeServices().with(new FakeWaves()));
    assertThat(report.lines()).contains(new Line("domain", "acmewave.example", "served"));
    // The queue and the peers are the server's as well, and they are still missing.
    assertThat(report.missing()).anyMatch(line -> line.contains("no store"));
  }
}
