// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.wavefed.testkit.federation.RecordingHandler;
import org.wavefed.testkit.lab.ProsodyServer;
import org.wavefed.xmpp.endpoint.EndpointSettings;
import org.wavefed.xmpp.endpoint.FederationEndpoint;
import org.wavefed.xmpp.endpoint.OpenCalls;
import org.wavefed.xmpp.netty.IoThreads;
import org.wavefed.xmpp.netty.NettyTimers;
import org.wavefed.xmpp.netty.StreamChannel;
import org.wavefed.xmpp.stanza.DomainAddress;
import org.wavefed.xmpp.stanza.StanzaCodec;
import org.wavefed.xmpp.stream.ComponentNegotiation;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.stream.StreamSettings;
import org.wavefed.xmpp.stream.XmppStream;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.XmlLimits;

/** A wave service as a component of a Prosody. */
final class TestComponent implements StreamChannel.Listener, AutoCloseable {
  private static final Duration TIME = Duration.ofSeconds(20);

  final RecordingHandler handler = new RecordingHandler();
  final FederationEndpoint endpoint;
  private final IoThreads threads = new IoThreads("wavefed-s2s");
  private final CompletableFuture<StreamChannel> up = new CompletableFuture<>();

  TestComponent(ProsodyServer.Settings server) throws Exception {
    String address = "wave." + server.domain();
    XmppStream stream =
        new XmppStream(
            new ComponentNegotiation(address, server.secret()),
            new StreamSettings(
                XmlLimits.afterAuthentication(10_485_760),
                TIME,
                TIME,
                Duration.ofDays(1),
                Optional.empty()));
    var settings =
        new EndpointSettings(
            "test",
            server.domain(),
            DomainAddress.of(address),
            "google-wave",
            100,
            100,
            100,
            Duration.ofSeconds(10));
    this.endpoint =
        new FederationEndpoint(
            settings,
            new OpenCalls(),
            stanza ->
                up.join()
                    .write(
                        stream
                            .encode(StanzaCodec.write(stanza))
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        () -> {}),
            new NettyTimers(threads.next()),
            () -> Optional.of(handler));
    new Bootstrap()
        .group(threads.group())
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                new StreamChannel(stream, TestComponent.this).addTo(channel.pipeline(), TIME);
              }
            })
        .connect(server.address(), server.componentPort())
        .sync();
    up.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void established(StreamChannel channel) {
    up.complete(channel);
  }

  @Override
  public void received(Element element) {
    endpoint.received(element);
  }

  @Override
  public void refused(Element envelope, String fault) {
    endpoint.refused(envelope, fault);
  }

  @Override
  public void closed(StreamFailure failure) {
    up.completeExceptionally(new IllegalStateException(failure.message()));
  }

  @Override
  public void close() {
    threads.close();
  }
}
