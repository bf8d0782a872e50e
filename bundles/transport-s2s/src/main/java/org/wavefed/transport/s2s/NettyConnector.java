// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.s2s.establish.Connector;
import org.wavefed.transport.s2s.establish.Endpoint;
import org.wavefed.transport.s2s.establish.Journal;
import org.wavefed.xmpp.netty.IoThreads;
import org.wavefed.xmpp.netty.StreamChannel;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.stream.StreamSettings;
import org.wavefed.xmpp.stream.XmppStream;
import org.wavefed.xmpp.xml.XmlLimits;

/** Opens streams of one host of ours over TCP. Thread-safe. */
final class NettyConnector implements Connector<OutgoingStream> {
  private static final int CONNECT_MILLIS = 10_000;

  /** Streams go one way, so that silence means nothing: there are keepalives for that. */
  private static final Duration SILENCE = Duration.ofDays(365);

  /** What all connectors share. */
  record Tools(
      IoThreads threads,
      Tls tls,
      PeerPolicy policy,
      DialbackKeys keys,
      IncomingStream.Receiver receiver,
      OwnConnections connections,
      int stanzaBytes,
      S2sSettings.Deadlines deadlines) {
    /**
     * How streams behave.
     *
     * @param silence after which time without a byte from the other side they end
     */
    StreamSettings stream(Duration silence) {
      return new StreamSettings(
          XmlLimits.afterAuthentication(stanzaBytes),
          deadlines.negotiation(),
          deadlines.stanza(),
          silence,
          Optional.empty());
    }
  }

  private final Tools tools;
  private final String from;
  private final OutgoingNegotiation.Goal goal;

  NettyConnector(Tools tools, String from, OutgoingNegotiation.Goal goal) {
    this.tools = tools;
    this.from = from;
    this.goal = goal;
  }

  @Override
  public CompletableFuture<Connection<OutgoingStream>> connect(Endpoint endpoint) {
    if (tools.connections().isClosed()) {
      return CompletableFuture.failedFuture(
          new FederationException(FailureReason.NOT_CONNECTED, "the transport was stopped"));
    } else if (!tools.policy().allows(endpoint.address())) {
      return CompletableFuture.failedFuture(
          new FederationException(
              FailureReason.REFUSED,
              "private addresses are not connected to (private.addresses): " + endpoint));
    }
    ChannelFuture connecting =
        bootstrap().connect(new InetSocketAddress(endpoint.address(), endpoint.target().port()));
    tools.connections().add(connecting.channel());
    CompletableFuture<Connection<OutgoingStream>> result = new CompletableFuture<>();
    result.whenComplete(
        (connection, failure) -> {
          if (failure != null) {
            connecting.cancel(false);
            connecting.channel().close();
          }
        });
    connecting.addListener(
        done -> {
          Channel channel = connecting.channel();
          if (!done.isSuccess()) {
            result.completeExceptionally(failure(endpoint, done.cause()));
          } else if (!result.complete(new TcpConnection(endpoint, channel))) {
            channel.close();
          }
        });
    return result;
  }

  private static FederationException failure(Endpoint endpoint, Throwable cause) {
    // Netty's own words are those of the system with an address of Java's writing.
    Throwable plain = cause.getCause() == null ? cause : cause.getCause();
    boolean late = cause instanceof io.netty.channel.ConnectTimeoutException;
    return new FederationException(
        late ? FailureReason.TIMED_OUT : FailureReason.REFUSED,
        late ? "connection to " + endpoint + " timed out" : endpoint + ": " + Journal.text(plain),
        cause);
  }

  private Bootstrap bootstrap() {
    return new Bootstrap()
        .group(tools.threads().next())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 20, 4 << 20))
        .handler(new ChannelInboundHandlerAdapter());
  }

  private final class TcpConnection implements Connection<OutgoingStream> {
    private final Endpoint endpoint;
    private final Channel channel;

    TcpConnection(Endpoint endpoint, Channel channel) {
      this.endpoint = endpoint;
      this.channel = channel;
    }

    @Override
    public CompletableFuture<OutgoingStream> open(String domain) {
      Pair pair = new Pair(from, domain);
      Security security = new Security();
      OutgoingNegotiation negotiation =
          new OutgoingNegotiation(pair, goal, security, tools.policy(), tools.keys());
      OpenedStream opening = new OpenedStream(pair, negotiation, tools.receiver(), tools.keys());
      channel.eventLoop().execute(() -> begin(pair, security, negotiation, opening));
      return opening.opened();
    }

    private void begin(
        Pair pair, Security security, OutgoingNegotiation negotiation, OpenedStream opening) {
      if (!channel.isActive()) {
        opening.closed(
            new StreamFailure(StreamFailure.Kind.CLOSED, "the connection was closed at once"));
        return;
      }
      XmppStream stream = new XmppStream(negotiation, tools.stream(SILENCE));
      StreamChannel.Tls tls =
          new StreamChannel.Tls(
              () -> tools.tls().client(pair, endpoint.target()),
              endpoint.target().directTls(),
              security::encrypted);
      new StreamChannel(stream, tls, opening).addTo(channel.pipeline(), tools.deadlines().write());
      channel.config().setAutoRead(true);
    }

    @Override
    public void close() {
      channel.close();
    }
  }
}
