// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One address that connects again and again. */
class FloodTest {
  private static final int OF_ONE_ADDRESS = 10;

  private static BesideAGoodPair pair;
  private final List<Socket> open = new ArrayList<>();

  @BeforeAll
  static void start() {
    pair =
        new BesideAGoodPair(
            new S2sSettings.Limits(1 << 20, 1024, 1024, 256, 4 << 20, 100, 100, OF_ONE_ADDRESS),
            S2sSettings.Deadlines.DEFAULT);
  }

  @AfterEach
  void isUndisturbed() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    pair.isUndisturbed();
  }

  @AfterAll
  static void close() throws Exception {
    pair.close();
  }

  private Socket connect(InetAddress from) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), pair.port(), from, 0);
    socket.setSoTimeout(20_000);
    open.add(socket);
    return socket;
  }

  /** Whether the server speaks on a connection, and does not close it at once. */
  private static boolean isServed(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write(Stranger.header().getBytes());
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException hangs) {
      throw hangs;
    } catch (IOException reset) {
      return false;
    }
  }

  @Test
  void addressShouldNotHaveMoreConnectionsThanItMayHave() throws Exception {
    InetAddress flooding = InetAddress.getByAddress(new byte[] {127, 2, 0, 1});
    for (int i = 0; i < 3 * OF_ONE_ADDRESS; i++) {
      connect(flooding);
    }
    int served = 0;
    for (Socket socket : open) {
      served += isServed(socket) ? 1 : 0;
    }
    assertThat(served).isEqualTo(OF_ONE_ADDRESS);
    assertThat(pair.warnings(flooding))
        .singleElement()
        .asString()
        .contains("too many connections are open");
    pair.stranger().authenticate();
    for (Socket socket : open) {
      socket.close();
    }
    await().until(() -> isServed(connect(flooding)));
  }

  @Test
  void addressThatComesAndGoesShouldNotDisturbOthers() throws Exception {
    InetAddress flooding = InetAddress.getByAddress(new byte[] {127, 2, 0, 2});
    for (int i = 0; i < 1_000; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), pair.port(), flooding, 0)) {
        socket.setSoLinger(true, 0);
        socket.getOutputStream().write(Stranger.header().getBytes());
      } catch (IOException refused) {
        continue;
      }
    }
    assertThat(pair.warnings(flooding)).hasSizeLessThan(2);
    await().until(() -> isServed(connect(flooding)));
  }
}
