// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command at the console of a server, and what a page shows of its output.
 *
 * @param domain whose server: {@code wave@acmewave>} is the prompt of {@code acmewave.example}
 * @param command what is typed
 * @param output the lines that follow
 */
record ShownCommand(String domain, String command, List<String> output) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```\n(wave@.*?)\n```$");
  private static final Pattern PROMPT = Pattern.compile("wave@(\\w+)> (.*)");

  /** Those that stand behind a prompt in a page, in their order. */
  static List<ShownCommand> in(String page) {
    List<ShownCommand> commands = new ArrayList<>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      for (String line : block.group(1).split("\n", -1)) {
        Matcher prompt = PROMPT.matcher(line);
        if (prompt.matches()) {
          commands.add(
              new ShownCommand(prompt.group(1) + ".example", prompt.group(2), new ArrayList<>()));
        } else {
          commands.get(commands.size() - 1).output.add(line.stripTrailing());
        }
      }
    }
    return commands;
  }
}
