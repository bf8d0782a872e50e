// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.wavefed.xmpp.endpoint.Timers;
import org.wavefed.xmpp.netty.StreamChannel;
import org.wavefed.xmpp.stream.XmppStream;

/** Takes connections of other servers. Thread-safe. */
final class S2sListener implements AutoCloseable {
  private final NettyConnector.Tools tools;
  private final S2sSettings settings;
  private final IncomingNegotiation.Place place;
  private final IncomingStream.Receiver receiver;
  private final SecureRandom random = new SecureRandom();
  private final OpenConnections connections;
  private final RefusalLog log = new RefusalLog();
  private final IncomingStreams streams = new IncomingStreams();
  private final ChannelGroup channels;
  private final List<ListeningPoint> plain = new CopyOnWriteArrayList<>();
  private final List<ListeningPoint> direct = new CopyOnWriteArrayList<>();

  S2sListener(
      NettyConnector.Tools tools,
      S2sSettings settings,
      IncomingNegotiation.Place place,
      IncomingStream.Receiver receiver) {
    this.tools = tools;
    this.settings = settings;
    this.place = place;
    this.receiver = receiver;
    this.connections =
        new OpenConnections(settings.limits().incoming(), settings.limits().incomingPerAddress());
    this.channels = new DefaultChannelGroup(tools.threads().next(), true);
  }

  /**
   * Where others can connect to.
   *
   * @param plain with STARTTLS
   * @param direct with TLS at once
   * @param troubles where they cannot, though it is configured, and why
   */
  record Listening(
      List<InetSocketAddress> plain, List<InetSocketAddress> direct, List<String> troubles) {}

  /**
   * Listens where it is configured, or tries again until that works; returns after the first try.
   *
   * @param changed is told when {@link #listening} changes
   */
  void open(Timers timers, Runnable changed) {
    settings
        .listen()
        .forEach(address -> plain.add(point("listen", address, false, timers, changed)));
    settings
        .listenDirect()
        .forEach(address -> direct.add(point("listen.direct", address, true, timers, changed)));
    points().map(ListeningPoint::open).toList().forEach(CompletableFuture::join);
  }

  private ListeningPoint point(
      String key, InetSocketAddress address, boolean directTls, Timers timers, Runnable changed) {
    return new ListeningPoint(key, address, () -> listen(address, directTls), timers, changed);
  }

  private Stream<ListeningPoint> points() {
    return Stream.concat(plain.stream(), direct.stream());
  }

  /** How it is now; the ports are never 0. */
  Listening listening() {
    return new Listening(
        plain.stream().flatMap(point -> point.bound().stream()).toList(),
        direct.stream().flatMap(point -> point.bound().stream()).toList(),
        points().flatMap(point -> point.trouble().stream()).toList());
  }

  private CompletableFuture<InetSocketAddress> listen(
      InetSocketAddress address, boolean directTls) {
    CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
    ChannelFuture binding = bootstrap(directTls).bind(address);
    binding.addListener(
        done -> {
          if (done.isSuccess()) {
            channels.add(binding.channel());
            bound.complete((InetSocketAddress) binding.channel().localAddress());
          } else {
            bound.completeExceptionally(done.cause());
          }
        });
    return bound;
  }

  private ServerBootstrap bootstrap(boolean directTls) {
    return new ServerBootstrap()
        .group(tools.threads().group())
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 20, 4 << 20))
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accept(channel, directTls);
              }
            });
  }

  private void accept(SocketChannel channel, boolean directTls) {
    InetAddress from = channel.remoteAddress().getAddress();
    channel.closeFuture().addListener(done -> connections.closed(from));
    if (!connections.opened(from)) {
      log.refused(channel.remoteAddress(), "too many connections are open");
      channel.close();
      return;
    }
    channels.add(channel);
    stream(channel, directTls).addTo(channel.pipeline(), settings.deadlines().write());
  }

  private StreamChannel stream(SocketChannel channel, boolean directTls) {
    Security security = new Security();
    StreamChannel[] self = new StreamChannel[1];
    IncomingNegotiation negotiation =
        new IncomingNegotiation(place, security, this::newId, steps -> self[0].resume(steps));
    XmppStream stream = new XmppStream(negotiation, tools.stream(settings.deadlines().idle()));
    self[0] =
        new StreamChannel(
            stream,
            new StreamChannel.Tls(
                () -> tools.tls().server(host(negotiation), directTls),
                directTls,
                security::encrypted),
            new IncomingStream(
                place, receiver, streams, channel.remoteAddress(), negotiation, log));
    return self[0];
  }

  /** The host that the stream is for; with TLS at once nobody has said yet. */
  private String host(IncomingNegotiation negotiation) {
    String to = negotiation.pair().to();
    return to.isEmpty() ? settings.domains().get(0).name() : to;
  }

  private String newId() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /** Stops listening and ends every stream. */
  @Override
  public void close() {
    points().forEach(ListeningPoint::close);
    for (Channel channel : channels) {
      StreamChannel stream = channel.pipeline().get(StreamChannel.class);
      if (stream != null) {
        stream.close("we are stopping");
      }
    }
    channels.close().awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
