// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.wavefed.model.Bytes;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.ProbeReport;
import org.wavefed.transport.s2s.establish.Connector;
import org.wavefed.transport.s2s.establish.Dialer;
import org.wavefed.transport.s2s.establish.Endpoint;
import org.wavefed.transport.s2s.establish.Establishment;
import org.wavefed.transport.s2s.establish.ManualTimers;
import org.wavefed.transport.s2s.establish.Resolution;
import org.wavefed.transport.s2s.establish.ScriptedDns;
import org.wavefed.xmpp.stream.Negotiation;
import org.wavefed.xmpp.stream.StreamAction;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.stream.StreamSettings;
import org.wavefed.xmpp.stream.XmppStream;
import org.wavefed.xmpp.xml.XmlLimits;

/**
 * Servers whose streams run in memory, both ends and all between but TLS itself: everything is done
 * on the caller's thread and at once, and no time passes.
 */
final class MemoryNetwork {
  /** A server: whom it hosts, whom it believes, and what it shows. */
  record Server(Predicate<String> hosts, PeerPolicy policy, DialbackKeys keys, List<Bytes> chain) {}

  /**
   * Where a server takes connections.
   *
   * @param stripped whether something on the way takes the offer of STARTTLS out
   */
  record Listener(Server server, boolean directTls, boolean stripped) {}

  /** A stream that was opened. */
  record Opened(boolean encrypted, boolean byCertificate) {}

  private static final StreamSettings SETTINGS =
      new StreamSettings(
          XmlLimits.afterAuthentication(65_536),
          S2sSettings.Deadlines.DEFAULT.negotiation(),
          S2sSettings.Deadlines.DEFAULT.stanza(),
          S2sSettings.Deadlines.DEFAULT.idle(),
          Optional.empty());

  final ScriptedDns dns = new ScriptedDns();

  /** Of each stream that was not let in what the operator there reads. */
  final List<String> refusals = new ArrayList<>();

  /** Every stream that was opened, in order. */
  final List<Opened> opened = new ArrayList<>();

  private final ManualTimers timers = new ManualTimers();
  private final Resolution resolution = new Resolution(dns, new Random(1));
  private final Map<String, Listener> listeners = new HashMap<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private int ids;

  MemoryNetwork listen(String address, int port, Listener listener) {
    listeners.put(address + ":" + port, listener);
    return this;
  }

  /** Goes from a domain to a stream to its wave service, as {@code wave:resolve} does. */
  ProbeReport establish(Server from, String service, String domain) {
    Dialer<Opened> dialer = dialer(from, service, new OutgoingNegotiation.Goal.Stanzas());
    CompletableFuture<ProbeReport> report =
        new Establishment<>(resolution, dialer, new Discovery(), timers).run(domain, false);
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    return report.getNow(
        new ProbeReport(domain, List.of(), Optional.empty(), "it neither opened nor failed"));
  }

  private Dialer<Opened> dialer(Server from, String host, OutgoingNegotiation.Goal goal) {
    return new Dialer<>(resolution, dns, new Wires(from, host, goal), timers);
  }

  /** What is asked on streams is not the matter here: the service is where one guesses. */
  private static final class Discovery implements Connector.Discoverer<Opened> {
    @Override
    public CompletableFuture<Optional<String>> waveService(Opened stream, String domain) {
      return CompletableFuture.completedFuture(Optional.of("wave." + domain));
    }

    @Override
    public CompletableFuture<Void> requireService(String address) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close(Opened stream) {}
  }

  /** Connects one host to listeners. */
  private final class Wires implements Connector<Opened> {
    private final Server from;
    private final String host;
    private final OutgoingNegotiation.Goal goal;

    Wires(Server from, String host, OutgoingNegotiation.Goal goal) {
      this.from = from;
      this.host = host;
      this.goal = goal;
    }

    @Override
    public CompletableFuture<Connection<Opened>> connect(Endpoint endpoint) {
      String where = endpoint.address().getHostAddress() + ":" + endpoint.target().port();
      Listener listener = listeners.get(where);
      return listener == null || listener.directTls() != endpoint.target().directTls()
          ? CompletableFuture.failedFuture(
              new FederationException(FailureReason.REFUSED, "Connection refused: " + where))
          : CompletableFuture.completedFuture(new Wire(listener));
    }

    private final class Wire implements Connection<Opened> {
      private final Listener listener;

      Wire(Listener listener) {
        this.listener = listener;
      }

      @Override
      public CompletableFuture<Opened> open(String domain) {
        CompletableFuture<Opened> result = new CompletableFuture<>();
        Side out = outgoing(from, new Pair(host, domain), goal, result);
        Side in = incoming(listener);
        out.other = in;
        in.other = out;
        if (listener.directTls()) {
          tasks.add(() -> handshake(out, in));
        } else {
          tasks.add(() -> out.perform(out.stream.connected(0)));
          tasks.add(() -> in.perform(in.stream.connected(0)));
        }
        return result;
      }

      @Override
      public void close() {}
    }
  }

  private Side outgoing(
      Server from, Pair pair, OutgoingNegotiation.Goal goal, CompletableFuture<Opened> result) {
    Security security = new Security();
    OutgoingNegotiation negotiation =
        new OutgoingNegotiation(pair, goal, security, from.policy(), from.keys());
    Side side = new Side(negotiation, security, from.chain(), false);
    side.established =
        () -> {
          Opened stream = new Opened(security.isEncrypted(), side.read.indexOf("<success") >= 0);
          opened.add(stream);
          result.complete(stream);
        };
    side.ended =
        failure ->
            result.completeExceptionally(
                new FederationException(FailureReason.REFUSED, failure.message()));
    return side;
  }

  private Side incoming(Listener listener) {
    Server server = listener.server();
    Security security = new Security();
    Side[] self = new Side[1];
    IncomingNegotiation negotiation =
        new IncomingNegotiation(
            new IncomingNegotiation.Place(
                server.hosts(),
                server.policy(),
                server.keys(),
                (p, i, k) -> verify(server, p, i, k)),
            security,
            () -> "id" + ids++,
            steps -> tasks.add(() -> self[0].perform(self[0].stream.resumed(steps, 0))));
    Side side = new Side(negotiation, security, server.chain(), listener.stripped());
    self[0] = side;
    side.ended =
        failure -> {
          if (!side.isOpen) {
            IncomingStream.refusal(failure, negotiation).ifPresent(refusals::add);
          }
        };
    return side;
  }

  private CompletableFuture<Void> verify(Server server, Pair pair, String id, String key) {
    return dialer(server, pair.to(), new OutgoingNegotiation.Goal.Verify(id, key))
        .dial(pair.from())
        .thenAccept(dialed -> {});
  }

  private void handshake(Side one, Side two) {
    one.security.encrypted(two.chain);
    two.security.encrypted(one.chain);
    one.perform(one.stream.connected(0));
    two.perform(two.stream.connected(0));
  }

  /** One end of a connection. */
  private final class Side {
    private final XmppStream stream;
    private final Security security;
    private final List<Bytes> chain;
    private final boolean stripped;
    private final StringBuilder read = new StringBuilder();
    private Runnable established = () -> {};
    private Consumer<StreamFailure> ended = failure -> {};
    private Side other = this;
    private boolean wantsTls;
    private boolean isOpen;
    private boolean over;

    Side(Negotiation negotiation, Security security, List<Bytes> chain, boolean stripped) {
      this.stream = new XmppStream(negotiation, SETTINGS);
      this.security = security;
      this.chain = chain;
      this.stripped = stripped;
    }

    void perform(List<StreamAction> actions) {
      for (StreamAction action : actions) {
        if (action instanceof StreamAction.Write write) {
          String text = stripped ? withoutStartTls(write.xml()) : write.xml();
          tasks.add(() -> other.received(text));
        } else if (action instanceof StreamAction.StartTls) {
          startTls();
        } else if (action instanceof StreamAction.Established) {
          isOpen = true;
          established.run();
        } else if (action instanceof StreamAction.Close close) {
          end(close.failure());
        } else {
          throw new AssertionError("nobody sends stanzas here: " + action);
        }
      }
    }

    private static String withoutStartTls(String xml) {
      int offer = xml.indexOf("<starttls");
      String end = "</starttls>";
      return offer < 0
          ? xml
          : xml.substring(0, offer) + xml.substring(xml.indexOf(end) + end.length());
    }

    private void received(String text) {
      if (!over) {
        read.append(text);
        byte[] bytes = text.getBytes(UTF_8);
        perform(stream.received(bytes, 0, bytes.length, 0));
      }
    }

    private void startTls() {
      wantsTls = true;
      if (other.wantsTls) {
        tasks.add(() -> handshake(this, other));
      }
    }

    private void end(StreamFailure failure) {
      if (!over) {
        over = true;
        ended.accept(failure);
        tasks.add(
            () ->
                other.end(
                    new StreamFailure(StreamFailure.Kind.CLOSED, "the connection was closed")));
      }
    }
  }
}
