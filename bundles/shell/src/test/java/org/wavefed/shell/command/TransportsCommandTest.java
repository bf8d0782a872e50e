// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wavefed.federation.PeerTransports;
import org.wavefed.shell.FakeServices;
import org.wavefed.shell.FakeSession;
import org.wavefed.shell.Output;
import org.wavefed.shell.Refusal;

class TransportsCommandTest {
  private static final String PEER = "initech.example";

  private final FakeChoice choice = new FakeChoice();
  private final FakeServices services =
      new FakeServices()
          .with(choice)
          .with(Transports.ofKind("s2s"))
          .with(Transports.ofKind("component"));

  /** What a server remembers, without one. */
  private static final class FakeChoice implements PeerTransports {
    private final Map<String, String> pins = new TreeMap<>();
    private final List<Use> uses = new ArrayList<>();
    private String fault = "";

    @Override
    public List<Use> uses() {
      return uses;
    }

    @Override
    public Map<String, String> pins() {
      return Map.copyOf(pins);
    }

    @Override
    public void pin(String peerDomain, String kind) {
      write();
      pins.put(peerDomain, kind);
    }

    @Override
    public void unpin(String peerDomain) {
      write();
      pins.remove(peerDomain);
    }

    private void write() {
      if (!fault.isEmpty()) {
        throw new IllegalStateException(fault);
      }
    }

    FakeChoice using(String peer, String kind, Reason reason, String... failed) {
      uses.add(
          new Use(
              "acmewave.example",
              peer,
              kind.isEmpty() ? Optional.empty() : Optional.of(kind),
              reason,
              List.of(failed)));
      return this;
    }
  }

  @Test
  void transportsShouldShowWhyEachPeerIsCalledOverWhich() {
    choice
        .using("a.example", "s2s", PeerTransports.Reason.PINNED)
        .using("b.example", "s2s", PeerTransports.Reason.HEARD)
        .using("c.example", "component", PeerTransports.Reason.OTHERS_FAILED, "s2s")
        .using("d.example", "component", PeerTransports.Reason.NONE)
        .using("e.example", "", PeerTransports.Reason.NONE)
        .using("f.example", "s2s", PeerTransports.Reason.FIRST);
    choice.pins.putAll(Map.of("a.example", "s2s", "never-called.example", "component"));
    TransportsCommand command = new TransportsCommand();
    command.noFormat = true;
    assertThat(run(command))
        .containsExactly(
            "a.example\tacmewave.example\ts2s\tpinned",
            "b.example\tacmewave.example\ts2s\tit last answered or called over it",
            "c.example\tacmewave.example\tcomponent\tnext to be tried; not reached over s2s",
            "d.example\tacmewave.example\tcomponent\tpinned, but not connected: nothing is sent",
            "e.example\tacmewave.example\t-\tno transport is connected",
            "f.example\tacmewave.example\ts2s\tthe first by ranking",
            "never-called.example\t-\tcomponent\tpinned");
  }

  @Test
  void transportsShouldNameThoseThatRunWhenThereIsNoPeerYet() {
    assertThat(run(new TransportsCommand()))
        .containsExactly("No peer yet. Running: s2s, component.");
  }

  @Test
  void pinShouldLastUntilItIsTakenBack() {
    assertThat(run(pin("Initech.example", "component")))
        .containsExactly("initech.example is called over component alone from now on");
    assertThat(choice.pins).containsExactly(Map.entry(PEER, "component"));
    assertThat(run(unpin(PEER))).containsExactly("initech.example is no longer pinned");
    assertThat(choice.pins).isEmpty();
  }

  @Test
  void pinShouldBeRefusedInOneLineThatSaysWhatToDo() {
    refuses(pin(PEER, ""), "name the transport: wave:transports --pin " + PEER + " s2s or");
    refuses(pin(PEER, "pigeon"), "no transport 'pigeon' is running: wave:transports --pin");
    refuses(pin("initech..example", "s2s"), "'initech..example' is no domain");
    refuses(pin("", "s2s"), "'s2s' without --pin: wave:transports --pin DOMAIN s2s");
    refuses(unpin(PEER), PEER + " is not pinned: wave:transports shows who is");

    TransportsCommand both = pin(PEER, "s2s");
    both.unpin = PEER;
    refuses(both, "--pin and --unpin together");
    TransportsCommand tooMuch = unpin(PEER);
    tooMuch.kind = "s2s";
    refuses(tooMuch, "'s2s' is too much: wave:transports --unpin " + PEER);
    assertThat(choice.pins).isEmpty();
  }

  @Test
  void pinShouldBeRefusedWhenItCannotBeKept() {
    choice.fault = "etc/org.wavefed.server.cfg cannot be written: read-only";
    refuses(pin(PEER, "s2s"), choice.fault);
  }

  private void refuses(TransportsCommand command, String line) {
    assertThatThrownBy(() -> run(command))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(line)
        .message()
        .hasLineCount(1);
  }

  private static TransportsCommand pin(String peer, String kind) {
    TransportsCommand command = new TransportsCommand();
    command.pin = peer;
    command.kind = kind;
    return command;
  }

  private static TransportsCommand unpin(String peer) {
    TransportsCommand command = new TransportsCommand();
    command.unpin = peer;
    return command;
  }

  private List<String> run(TransportsCommand command) {
    Output output = new Output();
    command.session = FakeSession.headless(Path.of("."));
    command.out = output.stream();
    command.run(services);
    return output.lines();
  }
}
