// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.wavefed.crypto.CryptoException;
import org.wavefed.store.StoreException;
import org.wavefed.transport.FailureReason;
import org.wavefed.wave.WaveException;

class RefusalsTest {
  @Test
  void whatIsWrongForGoodShouldNotPassWhenTimeDoes() {
    assertThat(
            Refusals.mayPass(
                new CryptoException(CryptoException.Reason.BAD_SIGNATURE, "a bad signature")))
        .isFalse();
    assertThat(Refusals.mayPass(Refusals.refuse(FailureReason.NOT_ACCEPTABLE, "contradiction")))
        .isFalse();
    assertThat(Refusals.mayPass(Refusals.refuse(FailureReason.ITEM_NOT_FOUND, "not ours")))
        .isFalse();
  }

  @Test
  void silenceAndWantOfRoomShouldPassWhenTimeDoes() {
    assertThat(Refusals.mayPass(Refusals.refuse(FailureReason.TIMED_OUT, "no answer"))).isTrue();
    assertThat(Refusals.mayPass(Refusals.refuse(WaveException.Reason.UNAVAILABLE, "full")))
        .isTrue();
    assertThat(
            Refusals.mayPass(
                new CompletionException(
                    new StoreException(StoreException.Reason.UNAVAILABLE, "full", null))))
        .isTrue();
  }
}
