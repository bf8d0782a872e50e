// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wavefed.federation.DeliveryQueue;
import org.wavefed.model.id.WaveletName;
import org.wavefed.shell.FakeServices;
import org.wavefed.shell.FakeSession;
import org.wavefed.shell.Output;

class PeersCommandTest {
  private static final String PEER = "initech.example";

  private final FakeQueue queue = new FakeQueue();

  /** Of one peer. */
  private static final class FakeQueue implements DeliveryQueue {
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();

    @Override
    public List<Waiting> waiting(String peerDomain, int limit) {
      return waiting.stream().filter(one -> one.peerDomain().equals(peerDomain)).toList();
    }

    @Override
    public void tryNow(String peerDomain) {
      tried.add(peerDomain);
    }
  }

  @Test
  void tryShouldDeliverNowWhatWaits() {
    WaveletName wave = WaveletName.parse("acmewave.example/w+abc/conv+root");
    queue.waiting.add(new DeliveryQueue.Waiting(PEER, wave, 3, 5));
    assertThat(tryNow("Initech.example"))
        .containsExactly(
            "trying initech.example now: wave:peers initech.example shows what still waits");
    assertThat(queue.tried).containsExactly(PEER);
  }

  @Test
  void tryShouldSayThatNothingWaits() {
    assertThat(tryNow(PEER))
        .containsExactly("nothing waits for initech.example, so there is nothing to try");
    assertThat(queue.tried).isEmpty();
  }

  private List<String> tryNow(String peer) {
    PeersCommand command = new PeersCommand();
    command.tryNow = peer;
    Output output = new Output();
    command.session = FakeSession.headless(Path.of("."));
    command.out = output.stream();
    command.run(new FakeServices().with(queue));
    return output.lines();
  }
}
