// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.transport.Route;
import org.wavefed.transport.s2s.Lab.Server;

/** A peer may open some streams of the same pair, not any number. */
class ParallelStreamsTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";
  private static final Pair PAIR = new Pair("wave.acmewave.example", "wave.initech.example");

  private final Lab lab = new Lab();

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private static <T> T get(CompletionStage<T> call) throws Exception {
    return call.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void oldestStreamShouldEndWhenThereAreTooManyOfOnePair() throws Exception {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
    List<OutgoingStream> streams = new ArrayList<>();
    for (int i = 0; i < IncomingStreams.PER_PAIR; i++) {
      streams.add(get(acme.transport().dial(PAIR)));
    }
    OutgoingStream other =
        get(acme.transport().dial(new Pair("wave.acmewave.example", "initech.example")));
    streams.add(get(acme.transport().dial(PAIR)));
    assertThat(get(streams.get(0).ended()).message()).contains("conflict");
    streams.get(1).close("one less");
    get(streams.get(1).ended());
    get(acme.transport().ping(new Route(ACME, INITECH), Duration.ofSeconds(20)));
    assertThat(streams.subList(2, streams.size())).noneMatch(stream -> stream.ended().isDone());
    assertThat(other.ended()).isNotDone();
  }
}
