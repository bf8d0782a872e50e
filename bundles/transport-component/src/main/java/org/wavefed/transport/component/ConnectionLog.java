// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.xmpp.stream.StreamFailure;

/** One line when the stream comes up, one when it goes down; a fault that stays is told once. */
final class ConnectionLog {
  private static final Logger LOG = LoggerFactory.getLogger(ComponentTransport.class);

  private final ComponentSettings settings;
  private String told = "";

  ConnectionLog(ComponentSettings settings) {
    this.settings = settings;
  }

  void up() {
    told = "";
    LOG.info("federation ready: {} (component)", settings);
  }

  void stopped() {
    LOG.info("federation stopped: {}", settings);
  }

  void down(StreamFailure failure, boolean wasUp, Duration wait) {
    if (!wasUp && failure.message().equals(told)) {
      LOG.debug("{} still not connected: {}", settings, failure.message());
      return;
    }
    told = failure.message();
    if (failure.kind() == StreamFailure.Kind.NOT_AUTHORIZED) {
      LOG.error(
          "{} refused the secret for {}; check secret in {}",
          settings.server(),
          settings.address(),
          settings.source());
    } else {
      LOG.warn(
          "federation {}: {}: {}; next try in {} s",
          wasUp ? "lost" : "not possible",
          settings,
          failure.message(),
          Math.max(1, wait.toSeconds()));
    }
  }
}
