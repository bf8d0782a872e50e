// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.shell.Acting;
import org.wavefed.shell.FakeServices;
import org.wavefed.shell.FakeSession;
import org.wavefed.shell.FakeWaves;
import org.wavefed.shell.Output;
import org.wavefed.shell.Refusal;
import org.wavefed.wave.WaveException.Reason;

class CommandsTest {
  private static final String ALICE = "alice@acmewave.example";
  private static final String BOB = "bob@initech.example";

  @TempDir Path directory;
  private final FakeWaves waves = new FakeWaves();
  private final Session session = FakeSession.headless(Path.of("."));

  @Test
  void createShouldPrintTheNameAndAddTheParticipants() throws Exception {
    as(ALICE);
    assertThat(create(BOB, ALICE)).isEqualTo("acmewave.example/w+abc/conv+root\n");
    assertThat(show()).contains("participants: " + ALICE + ", " + BOB);
  }

  @Test
  void createShouldCreateNothingWhenAParticipantIsMalformed() throws Exception {
    as(ALICE);
    assertThatThrownBy(() -> create(BOB, "nobody")).isInstanceOf(Refusal.class);
    assertThat(list()).isEmpty();
  }

  @Test
  void createShouldCreateNothingWhenTheTextHasCharactersThatCannotBeWritten() throws Exception {
    as(ALICE);
    CreateCommand create = new CreateCommand();
    create.text = "\uD83D\uDE00";
    assertThatThrownBy(() -> run(create)).hasMessageContaining("beyond U+FFFF");
    assertThat(list()).isEmpty();
  }

  @Test
  void createShouldSayWhatWasDoneWhenTheParticipantsAreRefused() {
    as(ALICE);
    waves.refuse(Reason.UNAVAILABLE, "the disk is full");
    assertThatThrownBy(() -> create(BOB))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("acmewave.example/w+abc/conv+root was created")
        .hasMessageContaining("the disk is full")
        .hasMessageContaining("wave:add");
  }

  @Test
  void commandShouldAskForAUserWhenThereIsNone() {
    assertThatThrownBy(this::list).isInstanceOf(Refusal.class).hasMessageContaining("wave:as");
  }

  @Test
  void commandShouldSayWhatIsMissingWhenTheServerIsNotThere() {
    ListCommand command = new ListCommand();
    assertThatThrownBy(() -> run(command, new FakeServices()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the wave server is not running")
        .hasMessageContaining("feature:install wavefed-server");
  }

  @Test
  void addShouldChangeNothingWhenOneIsThereAlready() throws Exception {
    as(ALICE);
    create(BOB);
    AddCommand add = new AddCommand();
    add.wave = "w+a";
    add.participants = List.of("carol@acmewave.example", BOB);
    assertThatThrownBy(() -> run(add))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(BOB + " is already a participant");
    assertThat(show()).doesNotContain("carol");
  }

  @Test
  void removeShouldTakeOutWhoIsThere() throws Exception {
    as(ALICE);
    create(BOB);
    RemoveCommand remove = new RemoveCommand();
    remove.wave = "w+a";
    remove.participants = List.of(BOB);
    assertThat(run(remove)).isEqualTo("version 5\n");
    assertThatThrownBy(() -> run(remove))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(BOB + " is no participant");
  }

  @Test
  void addressesShouldBeRefusedWhenTheyHaveBlanks() throws Exception {
    as(ALICE);
    create();
    AddCommand add = new AddCommand();
    add.wave = "w+abc";
    add.participants = List.of("b ob@initech.example");
    assertThatThrownBy(() -> run(add))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "'b ob@initech.example' is no participant: the address has blanks or control"
                + " characters");
    RemoveCommand remove = new RemoveCommand();
    remove.wave = "w+abc";
    remove.participants = List.of("b ob@initech.example");
    assertThatThrownBy(() -> run(remove))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("b ob@initech.example is no participant of");
  }

  @Test
  void listShouldGiveFullNamesToScripts() throws Exception {
    as(ALICE);
    create();
    assertThat(list())
        .startsWith("acmewave.example/w+abc/conv+root\t3\t1970-01-01T00:16:40Z\tacmewave.example");
  }

  @Test
  void historyShouldSayWhoDidWhat() throws Exception {
    as(ALICE);
    create(BOB);
    HistoryCommand history = new HistoryCommand();
    history.wave = "w+abc";
    history.noFormat = true;
    assertThat(run(history).lines().toList())
        .hasSize(2)
        .last()
        .isEqualTo("4\t1970-01-01T00:16:40.003Z\t" + ALICE + "\tadded " + BOB);
  }

  @Test
  void showShouldPrintTheVersionAndHashAlone() throws Exception {
    as(ALICE);
    create();
    ShowCommand show = new ShowCommand();
    show.wave = "w+abc";
    show.hash = true;
    show.noFormat = true;
    assertThat(run(show)).isEqualTo("3\t" + "A".repeat(27) + "=\n");
  }

  @Test
  void showShouldPrintTheDocumentsAsXml() throws Exception {
    as(ALICE);
    create();
    ShowCommand show = new ShowCommand();
    show.wave = "w+abc";
    show.xml = true;
    assertThat(run(show))
        .contains("<!-- b+first -->")
        .contains("<!-- conversation -->\n<conversation><blip id=\"b+first\"");
  }

  @Test
  void showShouldRefuseAVersionThatIsNotThere() throws Exception {
    as(ALICE);
    create();
    ShowCommand show = new ShowCommand();
    show.wave = "w+abc";
    show.version = 77;
    assertThatThrownBy(() -> run(show))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "no change of acmewave.example/w+abc/conv+root ended at version 77: wave:history lists"
                + " the versions");
  }

  @Test
  void writeShouldAppendToTheLastMessage() throws Exception {
    as(ALICE);
    create();
    assertThat(write("Hello", "world")).isEqualTo("b+first\tversion 4\n");
    assertThat(show()).contains("b+first  " + ALICE, "  Hello world");
  }

  @Test
  void writeShouldReplyInANewThread() throws Exception {
    as(ALICE);
    create();
    WriteCommand reply = new WriteCommand();
    reply.wave = "w+abc";
    reply.reply = "b+first";
    reply.words = List.of("Yes");
    assertThat(run(reply)).startsWith("b+");
    assertThat(show()).contains("    thread t+").contains("\n      Yes\n");
  }

  @Test
  void writeShouldNameTheBlipThatIsNotThere() throws Exception {
    as(ALICE);
    create();
    WriteCommand write = new WriteCommand();
    write.wave = "w+abc";
    write.blip = "b+nowhere";
    write.words = List.of("x");
    assertThatThrownBy(() -> run(write))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("b+nowhere")
        .hasMessageContaining("wave:show");
  }

  @Test
  void writeShouldNotPointToBlipsWhenTheTextHasCharactersThatCannotBeWritten() throws Exception {
    as(ALICE);
    create();
    assertThatThrownBy(() -> write("\uD83D\uDE00"))
        .hasMessageContaining("beyond U+FFFF")
        .hasMessageNotContaining("wave:show");
  }

  @Test
  void writeShouldRefuseAnEmptyTextUnlessItMakesSomethingNew() throws Exception {
    as(ALICE);
    create();
    assertThatThrownBy(() -> write(""))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the text is empty");
    WriteCommand line = new WriteCommand();
    line.wave = "w+abc";
    line.line = "li";
    line.words = List.of("");
    assertThat(run(line)).isEqualTo("b+first\tversion 4\n");
  }

  @Test
  void writeShouldNotTakeAnOptionForText() throws Exception {
    as(ALICE);
    create();
    assertThatThrownBy(() -> write("--as", "x", "y"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("options first");
  }

  @Test
  void writeShouldTellTheUserWhenTheHostIsDown() throws Exception {
    as(ALICE);
    create();
    waves.refuse(Reason.HOST_UNREACHABLE, "not accepted: initech.example cannot be reached");
    assertThatThrownBy(() -> write("x"))
        .isInstanceOf(Refusal.class)
        .hasMessage("not accepted: initech.example cannot be reached");
  }

  @Test
  void writeShouldTellTheUserToLookWhenTheHostIsSilent() throws Exception {
    as(ALICE);
    create();
    waves.refuse(Reason.HOST_SILENT, "submitting the same again is safe");
    assertThatThrownBy(() -> write("x"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("perhaps it was not accepted; look with wave:show");
  }

  @Test
  void watchShouldShowTheWaveAndEndInTime() throws Exception {
    as(ALICE);
    create();
    WatchCommand watch = new WatchCommand();
    watch.wave = "w+abc";
    watch.seconds = 0.05;
    assertThat(run(watch))
        .contains("Watching acmewave.example/w+abc/conv+root from version 3.")
        .contains("b+first");
    assertThat(waves.isWatched()).isFalse();
  }

  @Test
  void watchShouldAskForATimeWhenThereIsNoKeyboard() {
    as(ALICE);
    assertThatThrownBy(() -> run(new WatchCommand()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("--for");
  }

  @Test
  void asShouldRefuseAStranger() {
    AsCommand as = new AsCommand();
    as.user = BOB;
    assertThatThrownBy(() -> run(as)).isInstanceOf(Refusal.class).hasMessageContaining(BOB);
    assertThat(Acting.sessionUser(session)).isEmpty();
  }

  private void as(String user) {
    Acting.setSessionUser(session, user);
  }

  private String create(String... participants) throws Exception {
    CreateCommand command = new CreateCommand();
    command.participants = List.of(participants);
    return run(command);
  }

  private String write(String... words) throws Exception {
    WriteCommand command = new WriteCommand();
    command.wave = "w+abc";
    command.words = List.of(words);
    return run(command);
  }

  private String show() throws Exception {
    ShowCommand command = new ShowCommand();
    command.wave = "w+abc";
    return run(command);
  }

  private String list() throws Exception {
    ListCommand command = new ListCommand();
    command.noFormat = true;
    return run(command);
  }

  private String run(WaveCommand command) throws Exception {
    return run(command, new FakeServices().with(waves));
  }

  private String run(WaveCommand command, FakeServices services) throws Exception {
    Output output = new Output();
    command.session = session;
    command.out = output.stream();
    command.notes = new Output().stream();
    command.run(services);
    return output.text();
  }
}
