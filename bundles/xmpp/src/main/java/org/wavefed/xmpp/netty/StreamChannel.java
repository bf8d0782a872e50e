// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
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

  private final XmppStream stream;
  private final @Nullable Tls tls;
  private final Listener listener;
  private volatile @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> timer;
  private boolean started;
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
      startTls(channel, tls);
    } else {
      perform(channel, stream.connected(System.nanoTime()));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    byte[] piece = new byte[buffer.readableBytes()];
    buffer.readBytes(piece).release();
    perform(channel, stream.received(piece, 0, piece.length, System.nanoTime()));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext channel) {
    channel.channel().config().setAutoRead(channel.channel().isWritable());
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    finish(new StreamFailure(StreamFailure.Kind.CLOSED, "the connection was closed"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
    finish(new StreamFailure(StreamFailure.Kind.CLOSED, text(cause)));
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

  /** Ends the stream from our side. Any thread. */
  public void close(String reason) {
    onThread(channel -> perform(channel, stream.close(reason)));
  }

  /** Ends the stream with an error (RFC 6120, 4.9). Any thread. */
  public void close(String error, String reason) {
    onThread(
        channel -> {
          channel.write(Unpooled.wrappedBuffer(error.getBytes(UTF_8)), channel.voidPromise());
          perform(channel, stream.close(reason));
        });
  }

  /** The negotiation goes on. Any thread. */
  public void resume(List<Negotiation.Step> steps) {
    onThread(channel -> perform(channel, stream.resumed(steps, System.nanoTime())));
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
    } else if (action instanceof StreamAction.Deliver deliver) {
      listener.received(deliver.stanza());
    } else if (action instanceof StreamAction.Refuse refuse) {
      listener.refused(refuse.envelope(), refuse.fault());
    } else if (action instanceof StreamAction.Established) {
      listener.established(this);
    } else if (action instanceof StreamAction.StartTls) {
      channel.flush();
      startTls(channel, Objects.requireNonNull(tls, "this stream has no TLS"));
    } else if (action instanceof StreamAction.Close close) {
      finish(close.failure());
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void startTls(ChannelHandlerContext channel, Tls with) {
    SslHandler handler = new SslHandler(with.engine().get());
    channel.pipeline().addFirst(handler);
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                with.encrypted().accept(chain(handler.engine().getSession()));
                perform(channel, stream.connected(System.nanoTime()));
              } else {
                finish(
                    new StreamFailure(
                        StreamFailure.Kind.PROTOCOL, "TLS failed: " + text(done.cause())));
                channel.close();
              }
            });
  }

  private static List<Bytes> chain(SSLSession session) {
    List<Bytes> chain = new ArrayList<>();
    try {
      for (Certificate certificate : session.getPeerCertificates()) {
        chain.add(Bytes.copyOf(certificate.getEncoded()));
      }
      return chain;
    } catch (SSLPeerUnverifiedException | CertificateEncodingException none) {
      return List.of();
    }
  }

  private void setTimer(ChannelHandlerContext channel) {
    if (!closed && timer == null) {
      long wait = stream.untilTick(System.nanoTime());
      timer = channel.executor().schedule(() -> tick(channel), wait, TimeUnit.NANOSECONDS);
    }
  }

  private void tick(ChannelHandlerContext channel) {
    timer = null;
    perform(channel, stream.tick(System.nanoTime()));
  }

  private void finish(StreamFailure failure) {
    if (!closed) {
      closed = true;
      if (timer != null) {
        timer.cancel(false);
      }
      listener.closed(failure);
    }
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
