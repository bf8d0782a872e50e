// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.endpoint.StanzaLink;
import org.wavefed.xmpp.netty.StreamChannel;
import org.wavefed.xmpp.stanza.Stanza;
import org.wavefed.xmpp.stanza.StanzaCodec;
import org.wavefed.xmpp.stream.ComponentNegotiation;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.stream.StreamSettings;
import org.wavefed.xmpp.stream.XmppStream;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.XmlLimits;

/**
 * The stream to the XMPP server, opened again for as long as this is not closed. State changes
 * happen on one I/O thread; {@link #send} may be called from any.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write or close that fails ends the channel.
final class ComponentConnection implements StanzaLink, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration CLOSING = Duration.ofSeconds(3);

  /** Who hears of the stream's ups and downs and gets the stanzas. */
  interface Listener {
    void up();

    void received(Element stanza);

    void refused(Element envelope, String fault);

    void down(StreamFailure failure);
  }

  /** The stream that stanzas can be sent on. */
  private record Live(StreamChannel channel, XmppStream stream) {}

  private final ComponentSettings settings;
  private final EventLoop loop;
  private final Listener listener;
  private final ConnectionLog log;
  private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
  private final AtomicLong queuedBytes = new AtomicLong();
  private volatile @Nullable Live live;
  private @Nullable ChannelFuture connecting;
  private boolean closed;

  ComponentConnection(ComponentSettings settings, EventLoop loop, Listener listener) {
    this.settings = settings;
    this.loop = loop;
    this.listener = listener;
    this.log = new ConnectionLog(settings);
  }

  void open() {
    loop.execute(this::connect);
  }

  boolean isUp() {
    return live != null;
  }

  @Override
  public void send(Stanza stanza) {
    Live current = live;
    if (current == null) {
      throw new FederationException(
          FailureReason.NOT_CONNECTED,
          settings.domain() + " is not connected to its XMPP server at " + settings.server());
    }
    byte[] xml = current.stream().encode(StanzaCodec.write(stanza)).getBytes(UTF_8);
    if (xml.length > settings.limits().stanzaBytes()) {
      throw new FederationException(
          FailureReason.RESOURCE_CONSTRAINT,
          "the stanza has %d bytes, more than the %d of stanza.bytes.max"
              .formatted(xml.length, settings.limits().stanzaBytes()));
    }
    enqueue(current, xml);
  }

  private void enqueue(Live current, byte[] xml) {
    if (queuedBytes.addAndGet(xml.length) > settings.limits().queueBytes()) {
      queuedBytes.addAndGet(-xml.length);
      throw new FederationException(
          FailureReason.OVERLOADED,
          "the XMPP server at " + settings.server() + " does not take what is sent fast enough");
    }
    current.channel().write(xml, () -> queuedBytes.addAndGet(-xml.length));
  }

  private void connect() {
    if (closed) {
      return;
    }
    XmppStream stream =
        new XmppStream(
            new ComponentNegotiation(settings.address(), settings.secret()),
            new StreamSettings(
                XmlLimits.afterAuthentication(settings.limits().stanzaBytes()),
                settings.deadlines().negotiation(),
                settings.deadlines().stanza(),
                settings.deadlines().silence(),
                Optional.of(probe())));
    connecting = bootstrap(stream).connect(settings.host(), settings.port());
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            closed(
                new StreamFailure(
                    StreamFailure.Kind.CLOSED, String.valueOf(done.cause().getMessage())));
          }
        });
  }

  private Bootstrap bootstrap(XmppStream stream) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 20, 4 << 20))
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                new StreamChannel(stream, new Events(stream))
                    .addTo(channel.pipeline(), settings.deadlines().write());
              }
            });
  }

  /** Any live server answers this, if only with an error. */
  private Element probe() {
    return Element.of(Element.STANZAS, "iq", Element.of("urn:xmpp:ping", "ping"))
        .with("type", "get")
        .with("id", "probe")
        .with("from", settings.address())
        .with("to", settings.domain());
  }

  private final class Events implements StreamChannel.Listener {
    private final XmppStream stream;

    Events(XmppStream stream) {
      this.stream = stream;
    }

    @Override
    public void established(StreamChannel channel) {
      live = new Live(channel, stream);
      backoff.reset();
      log.up();
      listener.up();
    }

    @Override
    public void received(Element stanza) {
      listener.received(stanza);
    }

    @Override
    public void refused(Element envelope, String fault) {
      listener.refused(envelope, fault);
    }

    @Override
    public void closed(StreamFailure failure) {
      ComponentConnection.this.closed(failure);
    }
  }

  private void closed(StreamFailure failure) {
    boolean wasUp = live != null;
    live = null;
    if (wasUp) {
      listener.down(failure);
    }
    if (closed) {
      if (wasUp) {
        log.stopped();
      }
      return;
    }
    // Whoever took us once takes us again: ejabberd ends a stream for one stanza that is too large.
    if (!wasUp && isLasting(failure)) {
      backoff.slow();
    }
    Duration wait = backoff.next();
    log.down(failure, wasUp, wait);
    loop.schedule(this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static boolean isLasting(StreamFailure failure) {
    return failure.kind() == StreamFailure.Kind.NOT_AUTHORIZED
        || failure.kind() == StreamFailure.Kind.REFUSED;
  }

  /** Ends the stream and waits for that, within some seconds. */
  @Override
  public void close() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    try {
      loop.execute(() -> end(ended));
    } catch (RejectedExecutionException threadsAreGone) {
      ended.complete(null);
    }
    ended.orTimeout(CLOSING.toMillis(), TimeUnit.MILLISECONDS).handle((done, late) -> null).join();
  }

  private void end(CompletableFuture<Void> ended) {
    closed = true;
    if (connecting == null) {
      ended.complete(null);
      return;
    }
    connecting.cancel(false);
    StreamChannel handler = connecting.channel().pipeline().get(StreamChannel.class);
    if (handler != null && connecting.channel().isActive()) {
      handler.close("we are stopping");
    }
    loop.execute(connecting.channel()::close); // behind the farewell
    connecting.channel().closeFuture().addListener(done -> ended.complete(null));
  }
}
