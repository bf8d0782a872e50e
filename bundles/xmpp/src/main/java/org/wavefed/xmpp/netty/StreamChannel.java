// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.wavefed.model.Bytes;
import org.wavefed.xmpp.stream.Negotiation;
import org.wavefed.xmpp.stream.StreamAction;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.stream.XmppStream;
import org.wavefed.xmpp.xml.Element;

/**
 * Carries out what an {@link XmppStream} says on a Netty channel, TLS too. Runs on the channel's
 * thread. While the other side does not take what we send, nothing more is read from it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write or close that fails ends the channel.
public final class StreamChannel extends ChannelInboundHandlerAdapter {
  /**
   * TLS for one connection.
   *
   * @param engine makes the engine when TLS starts
   * @param direct whether it starts at once, before the stream (XEP-0368)
   * @param encrypted told of the certificates that the other side showed, which are not yet checked
   */
  public record Tls(Supplier<SSLEngine> engine, boolean direct, Consumer<List<Bytes>> encrypted) {}

  /** What becomes of the stream. Called on the channel's thread. */
  @ConsumerType
  public interface Listener {
    /** The stream is authenticated. */
    void established(StreamChannel channel);

    /** A stanza came. */
    void received(Element element);

    /** A stanza came that broke a limit, of which this is left. */
    void refused(Element envelope, String fault);

    /** The last call. */
    void closed(StreamFailure failure);
  }

  private static final int FLUSHES = 64;

  /** How long the last words may take to leave. */
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(2);

  private final XmppStream stream;
  private final @Nullable Tls tls;
  private final Listener listener;
  private final OneTimer timer = new OneTimer();
  private volatile @Nullable ChannelHandlerContext context;
  private boolean started;
  private boolean handshaking;
  private boolean closed;

  /** A channel for a stream that never starts TLS. */
  public StreamChannel(XmppStream stream, Listener listener) {
    this(stream, null, listener);
  }

  /** A channel for a stream that may start TLS; null means that it does not. */
  public StreamChannel(XmppStream stream, @Nullable Tls tls, Listener listener) {
    this.stream = stream;
    this.tls = tls;
    this.listener = listener;
  }

  /**
   * Puts the stream on a connection.
   *
   * @param writing how long what is written may wait for the other side to take it; then the
   *     connection is closed
   */
  public void addTo(ChannelPipeline pipeline, Duration writing) {
    pipeline.addLast(
        new StrangerGuard(),
        new WriteTimeoutHandler(writing.toMillis(), TimeUnit.MILLISECONDS),
        new FlushConsolidationHandler(FLUSHES, true),
        this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext channel) {
    context = channel;
    if (channel.channel().isActive()) {
      start(channel);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext channel) {
    start(channel);
  }

  private void start(ChannelHandlerContext channel) {
    if (started) {
      return;
    }
    started = true;
    if (tls != null && tls.direct()) {
      stream.awaitsTls(System.nanoTime());
      startTls(channel, tls);
      setTimer(channel);
    } else {
      perform(channel, stream.connected(System.nanoTime()));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    if (closed) {
      buffer.release();
      return;
    }
    byte[] piece = new byte[buffer.readableBytes()];
    buffer.readBytes(piece).release();
    perform(channel, stream.received(piece, 0, piece.length, System.nanoTime()));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext channel) {
    channel.channel().config().setAutoRead(!closed && channel.channel().isWritable());
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    timer.cancel();
    finish(new StreamFailure(StreamFailure.Kind.CLOSED, "the connection was closed"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
    finish(Ends.failure(cause));
    // TLS closes only when its last words have left, or could not for a while.
    channel.channel().config().setAutoRead(false);
    channel.close();
  }

  /** Writes what may follow on an established stream. Any thread. */
  public void write(byte[] xml, Runnable written) {
    ChannelHandlerContext channel = context;
    if (channel == null) {
      written.run();
      return;
    }
    channel.writeAndFlush(Unpooled.wrappedBuffer(xml)).addListener(done -> written.run());
  }

  /** Ends the stream from our side: on the channel's thread at once. Any thread. */
  public void close(String reason) {
    nowOrOnThread(channel -> perform(channel, stream.close(reason)));
  }

  /**
   * Ends the stream with an error (RFC 6120, 4.9): on the channel's thread at once, so that nothing
   * is delivered after it. Any thread.
   */
  public void close(String error, String reason) {
    nowOrOnThread(
        channel -> {
          if (!closed) {
            channel.write(Unpooled.wrappedBuffer(error.getBytes(UTF_8)), channel.voidPromise());
            perform(channel, stream.close(reason));
          }
        });
  }

  /** The negotiation goes on. Any thread. */
  public void resume(List<Negotiation.Step> steps) {
    onThread(channel -> perform(channel, stream.resumed(steps, System.nanoTime())));
  }

  private void nowOrOnThread(Consumer<ChannelHandlerContext> task) {
    ChannelHandlerContext channel = context;
    if (channel != null && channel.executor().inEventLoop()) {
      task.accept(channel);
    } else {
      onThread(task);
    }
  }

  private void onThread(Consumer<ChannelHandlerContext> task) {
    ChannelHandlerContext channel = context;
    if (channel != null && !channel.executor().isShuttingDown()) {
      channel.executor().execute(() -> task.accept(channel));
    }
  }

  private void perform(ChannelHandlerContext channel, List<StreamAction> actions) {
    actions.forEach(action -> perform(channel, action));
    channel.flush();
    setTimer(channel);
  }

  private void perform(ChannelHandlerContext channel, StreamAction action) {
    if (action instanceof StreamAction.Write write) {
      channel.write(Unpooled.wrappedBuffer(write.xml().getBytes(UTF_8)), channel.voidPromise());
    } else if (closed) {
      return; // What came together with a stanza that ended the stream is not looked at.
    } else if (action instanceof StreamAction.Deliver deliver) {
      listener.received(deliver.stanza());
    } else if (action instanceof StreamAction.Refuse refuse) {
      listener.refused(refuse.envelope(), refuse.fault());
    } else if (action instanceof StreamAction.Established) {
      channel.pipeline().remove(StrangerGuard.class);
      listener.established(this);
    } else if (action instanceof StreamAction.StartTls) {
      channel.flush();
      startTls(channel, Objects.requireNonNull(tls, "this stream has no TLS"));
    } else if (action instanceof StreamAction.Close close) {
      finish(close.failure());
      end(channel);
    }
  }

  /** Nothing more is read, and whoever does not take our last words does without. */
  private void end(ChannelHandlerContext channel) {
    channel.channel().config().setAutoRead(false);
    if (handshaking) {
      channel.close();
      return;
    }
    timer.within(FAREWELL, channel.executor(), channel::close);
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private void startTls(ChannelHandlerContext channel, Tls with) {
    SslHandler handler = new SslHandler(with.engine().get());
    handler.setHandshakeTimeoutMillis(0); // The stream has the time.
    handshaking = true;
    channel
        .pipeline()
        .addAfter(channel.pipeline().context(StrangerGuard.class).name(), null, handler);
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              handshaking = false;
              if (done.isSuccess()) {
                encrypted(channel, handler.engine(), with);
              } else {
                finish(Ends.tlsFailure(done.cause()));
                channel.close();
              }
            });
  }

  private void encrypted(ChannelHandlerContext channel, SSLEngine engine, Tls with) {
    // Without a protocol no further handshake can begin: TLS 1.2 would let the other side ask for
    // renegotiation at any time, which costs us much and him little.
    engine.setEnabledProtocols(new String[0]);
    with.encrypted().accept(ShownCertificates.of(engine.getSession()));
    perform(channel, stream.connected(System.nanoTime()));
  }

  private void setTimer(ChannelHandlerContext channel) {
    if (!closed) {
      timer.within(stream.untilTick(System.nanoTime()), channel.executor(), () -> tick(channel));
    }
  }

  private void tick(ChannelHandlerContext channel) {
    perform(channel, stream.tick(System.nanoTime()));
  }

  private void finish(StreamFailure failure) {
    if (!closed) {
      closed = true;
      timer.cancel();
      listener.closed(failure);
    }
  }
}
