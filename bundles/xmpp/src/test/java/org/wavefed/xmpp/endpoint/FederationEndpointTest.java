// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.xmpp.stanza.Stanza;
import org.wavefed.xmpp.stanza.StanzaCodec;
import org.wavefed.xmpp.xml.Element;

/** Our endpoint a.example, and a peer b.example that the test plays by hand. */
@SuppressWarnings("FutureReturnValueIgnored") // Some calls are made for what they send.
class FederationEndpointTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final WaveletUpdate UPDATE =
      new WaveletUpdate(
          WaveletName.parseUri("wave://b.example/w+x/conv+root"),
          List.of(Bytes.copyOf(new byte[] {1})),
          Optional.empty());

  private final ManualTimers timers = new ManualTimers();
  private final List<Element> sent = new ArrayList<>();
  private final Handler handler = new Handler();
  private @Nullable FederationException linkFault;
  private final FederationEndpoint endpoint =
      new FederationEndpoint(
          new EndpointSettings(
              "test",
              "a.example",
              jid("wave.a.example"),
              "google-wave",
              64,
              3,
              2,
              Duration.ofSeconds(10)),
          new OpenCalls(),
          this::send,
          timers,
          () -> Optional.of(handler));

  private void send(Stanza stanza) {
    if (linkFault != null) {
      throw linkFault;
    }
    sent.add(StanzaCodec.write(stanza));
  }

  static Jid jid(String text) {
    return JidCreate.fromOrThrowUnchecked(text);
  }

  /** Keeps what comes; its updates are done when the test says so. */
  private static final class Handler implements FederationHandler {
    private final List<CompletableFuture<Void>> updates = new ArrayList<>();
    private final List<WaveletUpdate> missed = new ArrayList<>();
    private @Nullable Peer peer;

    @Override
    public void missed(Peer from, WaveletUpdate update) {
      missed.add(update);
    }

    @Override
    public CompletionStage<Void> update(Peer from, WaveletUpdate update) {
      peer = from;
      CompletableFuture<Void> done = new CompletableFuture<>();
      updates.add(done);
      return done;
    }

    @Override
    public CompletionStage<SubmitResult> submit(Peer from, WaveletName wavelet, Bytes delta) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public CompletionStage<History> history(Peer from, HistoryRequest request) {
      return CompletableFuture.completedFuture(
          new History(List.of(), OptionalLong.empty(), OptionalLong.empty()));
    }

    @Override
    public CompletionStage<SignerInfo> signer(Peer from, SignerRequest request) {
      return CompletableFuture.failedFuture(
          new FederationException(FailureReason.ITEM_NOT_FOUND, "no such signer"));
    }

    @Override
    public CompletionStage<Void> postSigner(Peer from, SignerInfo signer) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void pinged(Peer from) {
      peer = from;
    }

    @Override
    public void connected(String localDomain) {}
  }

  private Element lastSent() {
    return sent.get(sent.size() - 1);
  }

  private static String id(Element stanza) {
    return stanza.attribute("id").orElseThrow();
  }

  /** The peer answers a stanza of ours. */
  private void answer(Element asked, String element, String type, String content) {
    receive(
        "<%s id='%s' from='%s' to='wave.a.example' type='%s'>%s</%s>"
            .formatted(
                element, id(asked), asked.attribute("to").orElseThrow(), type, content, element));
  }

  private void receive(String xml) {
    endpoint.received(parse(xml));
  }

  static Element parse(String xml) {
    byte[] all =
        ("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
                + xml)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    var reader =
        new org.wavefed.xmpp.xml.StreamReader(
            org.wavefed.xmpp.xml.XmlLimits.afterAuthentication(100_000));
    var events = reader.read(all, 0, all.length);
    return ((org.wavefed.xmpp.xml.StreamEvent.Received) events.get(1)).element();
  }

  static final String WAVE_INFO =
      "<query xmlns='http://jabber.org/protocol/disco#info'>"
          + "<identity category='collaboration' type='apache-wave'/>"
          + "<feature var='http://waveprotocol.org/protocol/0.2/waveserver'/></query>";

  static String items(String... jids) {
    StringBuilder items =
        new StringBuilder("<query xmlns='http://jabber.org/protocol/disco#items'>");
    for (String jid : jids) {
      items.append("<item jid='").append(jid).append("'/>");
    }
    return items.append("</query>").toString();
  }

  private static String error(String condition, String text) {
    return ("<error type='cancel'><%s xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
            + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>%s</text></error>")
        .formatted(condition, text);
  }

  private void discover() {
    answer(lastSent(), "iq", "result", items("wave.b.example"));
    answer(lastSent(), "iq", "result", WAVE_INFO);
  }

  static FederationException failure(CompletableFuture<?> call) {
    assertThat(call).isCompletedExceptionally();
    Throwable thrown = call.handle((done, failure) -> Objects.requireNonNull(failure)).join();
    Throwable cause = thrown instanceof FederationException ? thrown : thrown.getCause();
    assertThat(cause).isInstanceOf(FederationException.class);
    return (FederationException) Objects.requireNonNull(cause);
  }

  // Discovery

  @Test
  void discoveryShouldAskTheItemsAndTheUsualAddress() {
    CompletableFuture<String> found = endpoint.discover("b.example", TIMEOUT);
    assertThat(lastSent().attribute("to")).hasValue("b.example");
    answer(lastSent(), "iq", "result", items("conference.b.example", "surf.b.example"));
    assertThat(sent.stream().skip(1).map(e -> e.attribute("to").orElseThrow()))
        .containsExactly("conference.b.example", "surf.b.example", "wave.b.example");
    answer(sent.get(1), "iq", "result", WAVE_INFO.replace("waveserver", "other"));
    answer(sent.get(2), "iq", "result", WAVE_INFO);
    answer(sent.get(3), "iq", "error", error("remote-server-not-found", "no"));
    assertThat(found).isCompletedWithValue("surf.b.example");
  }

  @Test
  void discoveryShouldAskTheDomainItselfWhenItHasNoItems() {
    CompletableFuture<String> found = endpoint.discover("b.example", TIMEOUT);
    answer(lastSent(), "iq", "error", error("feature-not-implemented", ""));
    assertThat(sent.stream().skip(1).map(e -> e.attribute("to").orElseThrow()))
        .containsExactly("b.example", "wave.b.example");
    answer(sent.get(1), "iq", "result", WAVE_INFO);
    assertThat(found).isCompletedWithValue("b.example");
  }

  @Test
  void discoveryShouldRunOnceWhenManyAskAndBeKeptForTwoHours() {
    for (int i = 0; i < 20; i++) {
      endpoint.discover("b.example", TIMEOUT);
    }
    assertThat(sent).hasSize(1);
    discover();
    timers.pass(Duration.ofMinutes(119));
    assertThat(endpoint.discover("b.example", TIMEOUT)).isCompletedWithValue("wave.b.example");
    timers.pass(Duration.ofMinutes(2));
    assertThat(endpoint.discover("b.example", TIMEOUT)).isNotDone();
    assertThat(sent).hasSize(3);
  }

  @Test
  void discoveryFailureShouldBeKeptForSomeSecondsAndLongerWhenItRepeats() {
    CompletableFuture<String> first = endpoint.discover("b.example", TIMEOUT);
    answer(lastSent(), "iq", "result", items());
    answer(sent.get(1), "iq", "result", WAVE_INFO.replace("waveserver", "other"));
    answer(sent.get(2), "iq", "error", error("item-not-found", "gone"));
    assertThat(failure(first).reason()).isEqualTo(FailureReason.NO_WAVE_SERVICE);
    assertThat(failure(first)).hasMessageContaining("b.example has no wave service");
    for (int seconds : List.of(3, 6, 12, 24, 30, 30)) {
      timers.pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(endpoint.discover("b.example", TIMEOUT)).isDone();
      timers.pass(Duration.ofMillis(1));
      assertThat(endpoint.discover("b.example", TIMEOUT)).isNotDone();
      // However long it took, the failure is kept from its end on.
      timers.pass(Duration.ofSeconds(20));
    }
    timers.pass(Duration.ofSeconds(30));
    find("b.example");
    assertThat(endpoint.discover("b.example", TIMEOUT)).isCompletedWithValue("wave.b.example");
  }

  @Test
  void questionShouldBeAskedAgainWhenItsAnswerIsLost() {
    CompletableFuture<String> found = endpoint.discover("b.example", TIMEOUT);
    timers.pass(Duration.ofSeconds(2).minusMillis(1));
    assertThat(sent).hasSize(1);
    timers.pass(Duration.ofMillis(1));
    assertThat(sent).hasSize(2);
    assertThat(sent.get(1).toString()).isEqualTo(sent.get(0).toString());
    answer(sent.get(1), "iq", "result", items());
    answer(lastSent(), "iq", "result", WAVE_INFO);
    assertThat(found).isCompletedWithValue("wave.b.example");
  }

  @Test
  void questionShouldBeAskedAFewTimesWhenNobodyAnswers() {
    CompletableFuture<String> found = endpoint.discover("b.example", TIMEOUT);
    timers.pass(Duration.ofSeconds(10).minusMillis(1));
    assertThat(sent).hasSize(4).allMatch(e -> id(e).equals(id(sent.get(0))));
    timers.pass(Duration.ofMinutes(1));
    assertThat(failure(found).reason()).isEqualTo(FailureReason.TIMED_OUT);
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void discoveryShouldSayNothingOfThePeerWhenWeCouldNotAsk() {
    CompletableFuture<String> found = endpoint.discover("b.example", TIMEOUT);
    occupy(100);
    answer(sent.get(0), "iq", "result", items("conference.b.example"));
    answer(lastSent(), "iq", "result", WAVE_INFO.replace("waveserver", "other"));
    assertThat(failure(found).reason()).isEqualTo(FailureReason.OVERLOADED);
    assertThat(endpoint.discover("b.example", TIMEOUT)).isNotDone();
  }

  /** Looks for that many domains which do not answer. */
  private void occupy(int domains) {
    for (int i = 0; i < domains; i++) {
      endpoint.discover("d" + i + ".example", TIMEOUT);
    }
  }

  @Test
  void callShouldTimeOutInItsTimeWhenDiscoveryHangs() {
    CompletableFuture<Void> ping = endpoint.ping("b.example", Duration.ofSeconds(3));
    timers.pass(Duration.ofMillis(2999));
    assertThat(ping).isNotDone();
    timers.pass(Duration.ofMillis(1));
    assertThat(failure(ping).reason()).isEqualTo(FailureReason.TIMED_OUT);
    timers.pass(Duration.ofMinutes(1));
    assertThat(timers.waiting()).isZero();
  }

  // Outgoing calls

  @Test
  void callShouldBeAnsweredByTheReceiptOfItsReceiverOnly() {
    CompletableFuture<Void> update = endpoint.update("b.example", UPDATE, TIMEOUT);
    discover();
    String receipt =
        "<message id='%s' from='%s' to='wave.a.example'><received xmlns='urn:xmpp:receipts'/></message>";
    receive(receipt.formatted(id(lastSent()), "wave.evil.example"));
    receive(receipt.formatted("other", "wave.b.example"));
    answer(lastSent(), "iq", "result", "");
    assertThat(update).isNotDone();
    receive(receipt.formatted(id(lastSent()), "wave.b.example"));
    assertThat(update).isCompleted();
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void timeoutShouldIncludeDiscovery() {
    CompletableFuture<Void> ping = endpoint.ping("b.example", Duration.ofSeconds(10));
    timers.pass(Duration.ofSeconds(6));
    discover();
    timers.pass(Duration.ofMillis(3999));
    assertThat(ping).isNotDone();
    timers.pass(Duration.ofMillis(1));
    assertThat(failure(ping).reason()).isEqualTo(FailureReason.TIMED_OUT);
  }

  @Test
  void callShouldFailAtOnceWhenItsAnswerCannotBeRead() {
    CompletableFuture<?> submit =
        endpoint.submit("b.example", UPDATE.wavelet(), Bytes.copyOf(new byte[1]), TIMEOUT);
    discover();
    answer(lastSent(), "iq", "result", "<pubsub xmlns='http://jabber.org/protocol/pubsub'/>");
    assertThat(failure(submit).reason()).isEqualTo(FailureReason.UNDEFINED_CONDITION);
    assertThat(failure(submit)).hasMessageContaining("cannot be understood");
  }

  @Test
  void callShouldFailWithThePeersErrorAndText() {
    CompletableFuture<?> submit =
        endpoint.submit("b.example", UPDATE.wavelet(), Bytes.copyOf(new byte[1]), TIMEOUT);
    discover();
    answer(lastSent(), "iq", "error", error("internal-server-error", "Unknown signer"));
    assertThat(failure(submit).reason()).isEqualTo(FailureReason.INTERNAL_SERVER_ERROR);
    assertThat(failure(submit)).hasMessage("wave.b.example: Unknown signer");
  }

  @Test
  void addressShouldBeLookedForAgainWhenItDoesNotWork() {
    CompletableFuture<Void> ping = endpoint.ping("b.example", TIMEOUT);
    discover();
    answer(lastSent(), "message", "error", error("service-unavailable", ""));
    assertThat(failure(ping).reason()).isEqualTo(FailureReason.REFUSED);
    CompletableFuture<Void> again = endpoint.ping("b.example", TIMEOUT);
    assertThat(lastSent().attribute("to")).hasValue("b.example");
    assertThat(again).isNotDone();
  }

  @Test
  void callShouldFailWhenTooManyWait() {
    endpoint.ping("b.example", TIMEOUT);
    discover();
    FederationException refusal = failure(fill("b.example"));
    assertThat(refusal.reason()).isEqualTo(FailureReason.OVERLOADED);
    assertThat(refusal).hasMessageContaining("to wave.b.example wait for an answer");
    timers.pass(TIMEOUT);
    assertThat(endpoint.ping("b.example", TIMEOUT)).isNotDone();
  }

  /** Pings without an answer until no more are let through. */
  private CompletableFuture<Void> fill(String domain) {
    CompletableFuture<Void> last = endpoint.ping(domain, TIMEOUT);
    for (int i = 0; i < 100 && !last.isDone(); i++) {
      last = endpoint.ping(domain, TIMEOUT);
    }
    return last;
  }

  private void find(String domain) {
    endpoint.discover(domain, TIMEOUT);
    answer(lastSent(), "iq", "result", items("wave." + domain));
    answer(lastSent(), "iq", "result", WAVE_INFO);
  }

  @Test
  void peersShouldLeaveRoomForOthersWhenTheyDoNotAnswer() {
    for (String silent : List.of("x.example", "y.example", "z.example")) {
      find(silent);
      assertThat(failure(fill(silent)).reason()).isEqualTo(FailureReason.OVERLOADED);
    }
    find("b.example");
    CompletableFuture<Void> ping = endpoint.ping("b.example", TIMEOUT);
    answer(
        lastSent(),
        "message",
        "normal",
        "<received xmlns='urn:xmpp:receipts' id='%s'/>".formatted(id(lastSent())));
    assertThat(ping).isCompleted();
  }

  @Test
  void knownPeersShouldBeCalledAndFoundAgainWhenStrangersDoNotAnswer() {
    find("b.example");
    timers.pass(Duration.ofMinutes(121));
    occupy(100);
    assertThat(failure(endpoint.discover("stranger.example", TIMEOUT)).reason())
        .isEqualTo(FailureReason.OVERLOADED);
    find("b.example");
    assertThat(endpoint.ping("b.example", TIMEOUT)).isNotDone();
    assertThat(lastSent().attribute("to")).hasValue("wave.b.example");
  }

  @Test
  void openCallsShouldFailWhenTheStreamIsLostAndNothingOfItBeKept() {
    CompletableFuture<Void> ping = endpoint.ping("b.example", TIMEOUT);
    endpoint.disconnected("test");
    assertThat(failure(ping).reason()).isEqualTo(FailureReason.NOT_CONNECTED);
    linkFault = new FederationException(FailureReason.NOT_CONNECTED, "not connected");
    assertThat(failure(endpoint.ping("b.example", TIMEOUT)).reason())
        .isEqualTo(FailureReason.NOT_CONNECTED);
    linkFault = null;
    assertThat(endpoint.ping("b.example", TIMEOUT)).isNotDone();
  }

  @Test
  void idsShouldNotRepeat() {
    Set<String> ids = new HashSet<>();
    endpoint.ping("b.example", TIMEOUT);
    discover();
    for (int i = 0; i < 100; i++) {
      endpoint.ping("b.example", Duration.ofMillis(1));
      assertThat(ids.add(id(lastSent()))).isTrue();
      timers.pass(TIMEOUT);
    }
  }

  // Incoming calls

  private void receiveUpdate(String id, String from) {
    receive(
        ("<message id='%s' from='%s' to='wave.a.example'><request xmlns='urn:xmpp:receipts'/>"
                + "<event xmlns='http://jabber.org/protocol/pubsub#event'><items><item>"
                + "<wavelet-update xmlns='http://waveprotocol.org/protocol/0.2/waveserver'"
                + " wavelet-name='wave://b.example/w+x/conv+root'>"
                + "<applied-delta>AQ==</applied-delta></wavelet-update>"
                + "</item></items></event></message>")
            .formatted(id, from));
  }

  private void receiveIq(String type, String from, String content) {
    receive(
        "<iq id='q' type='%s' from='%s' to='wave.a.example'>%s</iq>"
            .formatted(type, from, content));
  }

  @Test
  void receiptShouldLeaveOnlyWhenTheHandlerIsDone() {
    receiveUpdate("u1", "wave.b.example");
    assertThat(sent).isEmpty();
    handler.updates.get(0).complete(null);
    assertThat(lastSent())
        .hasToString(
            "<message id=\"u1\" from=\"wave.a.example\" to=\"wave.b.example\">"
                + "<received xmlns=\"urn:xmpp:receipts\"/></message>");
  }

  @Test
  void updateShouldGetNoReceiptWhenItFailsForNow() {
    receiveUpdate("u1", "wave.b.example");
    handler
        .updates
        .get(0)
        .completeExceptionally(
            new FederationException(FailureReason.REMOTE_SERVER_TIMEOUT, "no signer yet"));
    assertThat(sent).isEmpty();
  }

  @Test
  void updateShouldGetAnErrorWhenItFailsForGood() {
    receiveUpdate("u1", "wave.b.example");
    handler
        .updates
        .get(0)
        .completeExceptionally(
            new FederationException(FailureReason.NOT_AUTHORIZED, "not your wavelet"));
    assertThat(lastSent().attribute("type")).hasValue("error");
    assertThat(lastSent().toString()).contains("<not-authorized", "not your wavelet");
  }

  @Test
  void peerShouldNotTakeTheRoomOfOthersWhenItSendsTooMuch() {
    receiveUpdate("u1", "wave.b.example");
    receiveUpdate("u2", "wave.b.example");
    receiveUpdate("u3", "wave.b.example");
    assertThat(handler.updates).hasSize(2);
    assertThat(handler.missed).hasSize(1);
    receiveUpdate("u4", "wave.c.example");
    receiveUpdate("u5", "wave.d.example");
    assertThat(handler.updates).hasSize(3);
    receiveIq("get", "wave.c.example", historyRequest());
    assertThat(lastSent().toString()).contains("<resource-constraint");
    handler.updates.forEach(update -> update.complete(null));
    receiveUpdate("u6", "wave.b.example");
    assertThat(handler.updates).hasSize(4);
  }

  @Test
  void callsUnderWayShouldEndWellAndNewOnesBeRefusedWhenItFinishes() {
    CompletableFuture<?> submit =
        endpoint.submit("b.example", UPDATE.wavelet(), Bytes.copyOf(new byte[1]), TIMEOUT);
    discover();
    Element asked = lastSent();
    receiveUpdate("u1", "wave.b.example");
    CompletableFuture<Void> finished = endpoint.finish();

    receiveIq("get", "wave.b.example", historyRequest());
    assertThat(lastSent().toString()).contains("<unexpected-request", "starting or stopping");
    handler.updates.get(0).complete(null);
    assertThat(lastSent().toString()).contains("id=\"u1\"", "<received");
    assertThat(finished).isNotDone();
    answer(asked, "iq", "error", error("not-acceptable", "no"));
    assertThat(failure(submit).reason()).isEqualTo(FailureReason.NOT_ACCEPTABLE);
    assertThat(finished).isCompleted();
  }

  @Test
  void finishShouldEndAtOnceWhenNothingIsUnderWayButMessages() {
    endpoint.ping("b.example", TIMEOUT);
    discover();
    assertThat(endpoint.finish()).isCompleted();
  }

  private static String historyRequest() {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='wavelet'>"
        + "<delta-history xmlns='http://waveprotocol.org/protocol/0.2/waveserver'"
        + " wavelet-name='wave://a.example/w+x/conv+root' start-version='0' start-version-hash='YQ=='"
        + " end-version='0' end-version-hash='YQ=='/></items></pubsub>";
  }

  @Test
  void handlersBugShouldBeAnInternalErrorToThePeer() {
    receiveIq(
        "set",
        "wave.b.example",
        "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='wavelet'><item>"
            + "<submit-request xmlns='http://waveprotocol.org/protocol/0.2/waveserver'>"
            + "<delta wavelet-name='wave://a.example/w+x/conv+root'>AQ==</delta>"
            + "</submit-request></item></publish></pubsub>");
    assertThat(lastSent().toString()).contains("<internal-server-error").doesNotContain("a bug");
  }

  @Test
  void usersShouldBeRefusedWhatWaveServicesMay() {
    receiveIq("get", "mallory@b.example/home", historyRequest());
    assertThat(lastSent().toString()).contains("<not-authorized");
    receiveIq("get", "mallory@b.example/home", "<ping xmlns='urn:xmpp:ping'/>");
    assertThat(lastSent().attribute("type")).hasValue("result");
  }

  @Test
  void discoveryAndPingShouldBeAnswered() {
    receiveIq("get", "b.example", "<query xmlns='http://jabber.org/protocol/disco#info'/>");
    assertThat(lastSent().toString())
        .contains(
            "<identity category=\"collaboration\"",
            "type=\"google-wave\"",
            "<feature var=\"http://waveprotocol.org/protocol/0.2/waveserver\"/>");
    receiveIq("get", "b.example", "<query xmlns='http://jabber.org/protocol/disco#items'/>");
    assertThat(lastSent().toString())
        .contains("<query xmlns=\"http://jabber.org/protocol/disco#items\"/>");
    receive(
        "<message id='p' from='wave.b.example' to='wave.a.example'>"
            + "<request xmlns='urn:xmpp:receipts'/>"
            + "<ping xmlns='http://waveprotocol.org/protocol/0.2/waveserver'/></message>");
    assertThat(lastSent().toString()).contains("<received", "id=\"p\"");
    assertThat(Objects.requireNonNull(handler.peer).address()).isEqualTo("wave.b.example");
  }

  @Test
  void oversizedStanzaShouldBeAnsweredAndSoNothingElse() {
    endpoint.refused(
        parse("<iq type='set' id='1' from='wave.b.example' to='wave.a.example'/>"), "big");
    assertThat(lastSent().toString()).contains("<resource-constraint", "big");
    sent.clear();
    receive("<presence from='b.example'/>");
    receive("<message from='b.example' type='error' id='1'><body>x</body></message>");
    receive("<iq type='result' id='unknown' from='b.example'/>");
    assertThat(sent).isEmpty();
  }

  @Test
  void peerShouldSpeakForADomainOnlyWhenItIsItsWaveService() {
    receiveUpdate("u1", "wave.b.example");
    Peer peer = Objects.requireNonNull(handler.peer);
    CompletableFuture<Boolean> own = peer.speaksFor("b.example").toCompletableFuture();
    discover();
    assertThat(own).isCompletedWithValue(true);
    CompletableFuture<Boolean> other = peer.speaksFor("c.example").toCompletableFuture();
    answer(lastSent(), "iq", "result", items("wave.c.example"));
    answer(lastSent(), "iq", "result", WAVE_INFO);
    assertThat(other).isCompletedWithValue(false);
  }

  @Test
  void callsOfAPeerShouldGoOnInTheirOrderWhenTheyWaitForItsDiscovery() {
    receiveUpdate("u1", "wave.b.example");
    Peer peer = Objects.requireNonNull(handler.peer);
    List<Integer> order = new ArrayList<>();
    for (int call = 1; call <= 3; call++) {
      int number = call;
      peer.speaksFor("b.example").thenAccept(speaks -> order.add(number));
    }
    discover();
    assertThat(order).containsExactly(1, 2, 3);
  }

  @Test
  void peerShouldNotBeTakenForAnotherWhenWeCouldNotAsk() {
    receiveUpdate("u1", "wave.b.example");
    Peer peer = Objects.requireNonNull(handler.peer);
    occupy(100);
    CompletableFuture<Boolean> speaks = peer.speaksFor("b.example").toCompletableFuture();
    assertThat(failure(speaks).reason()).isEqualTo(FailureReason.OVERLOADED);
  }

  @Test
  void earlierFailureToFindItShouldNotHinderAPeerThatSpeaks() {
    CompletableFuture<String> found = endpoint.discover("b.example", TIMEOUT);
    answer(lastSent(), "iq", "error", error("remote-server-not-found", "NXDomain"));
    answer(sent.get(1), "iq", "error", error("remote-server-not-found", "NXDomain"));
    answer(sent.get(2), "iq", "error", error("remote-server-not-found", "NXDomain"));
    assertThat(failure(found).reason()).isEqualTo(FailureReason.NO_SUCH_DOMAIN);
    receiveUpdate("u1", "wave.b.example");
    assertThat(endpoint.discover("b.example", TIMEOUT)).isNotDone();
  }
}
