// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {
  private static final Path ACL = Path.of("src/main/cfg/org.apache.karaf.command.acl.wave.cfg");

  static Stream<Class<? extends WaveCommand>> commands() {
    return Stream.of(
        AddCommand.class,
        AsCommand.class,
        CreateCommand.class,
        DnsCacheCommand.class,
        DnsCheckCommand.class,
        DnsPlanCommand.class,
        HistoryCommand.class,
        KeysCommand.class,
        ListCommand.class,
        PeersCommand.class,
        PingCommand.class,
        RemoveCommand.class,
        ResolveCommand.class,
        ShowCommand.class,
        StatusCommand.class,
        StoreCopyCommand.class,
        TransportsCommand.class,
        WatchCommand.class,
        WriteCommand.class);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandShouldExplainItselfWithAnExample(Class<?> type) {
    Command command = type.getAnnotation(Command.class);
    assertThat(type).hasAnnotation(Service.class);
    assertThat(command.scope()).isEqualTo("wave");
    assertThat(command.description()).isNotEmpty();
    assertThat(command.detailedDescription())
        .contains("\nExamples:\n")
        .contains("\n  wave:" + command.name());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void argumentsAndOptionsShouldHaveAnExampleAndACompleter(Class<?> type) {
    for (Field field : fields(type)) {
      Argument argument = field.getAnnotation(Argument.class);
      Option option = field.getAnnotation(Option.class);
      if (argument == null && option == null) {
        continue;
      }
      String description = argument != null ? argument.description() : option.description();
      assertThat(description).as(field.toString()).isNotEmpty();
      if (field.getType() != boolean.class) {
        assertThat(description).as(field.toString()).contains("Example");
      }
      boolean isName = field.getType() == String.class || field.getType() == List.class;
      if (isName && !field.getName().equals("text") && !field.getName().equals("words")) {
        assertThat(field).matches(f -> f.isAnnotationPresent(Completion.class), "has a completer");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void accessListShouldSayWhoMayRunTheCommand(Class<?> type) throws IOException {
    String name = type.getAnnotation(Command.class).name();
    assertThat(Files.readAllLines(ACL)).anyMatch(line -> line.startsWith(name + " = admin"));
  }

  private static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> t = type; t != Object.class; t = t.getSuperclass()) {
      fields.addAll(List.of(t.getDeclaredFields()));
    }
    return fields;
  }
}
