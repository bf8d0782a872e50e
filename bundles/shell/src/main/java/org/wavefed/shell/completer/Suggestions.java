// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;
import org.wavefed.shell.BundleServices;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Services;
import org.wavefed.shell.Waiting;

/** A completer that asks services. */
abstract class Suggestions implements Completer {
  private static final Waiting BRIEFLY =
      new Waiting(
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
          Duration.ofMillis(500),
          Duration.ofSeconds(1));

  @Reference BundleContext bundles;

  /**
   * What is asked for.
   *
   * @param services what is there
   * @param session whose console it is
   * @param words what was typed so far, the command first
   */
  record Question(Services services, Session session, List<String> words) {
    /** The word at the cursor is still being typed. */
    Question {
      words = List.copyOf(words);
    }
  }

  /** What to offer, each with a description, which may be empty. */
  abstract Map<String, String> answer(Question question) throws InterruptedException;

  static Waiting briefly() {
    return BRIEFLY;
  }

  private Map<String, String> ask(Session session, CommandLine line) {
    List<String> words =
        Arrays.stream(Optional.ofNullable(line.getArguments()).orElse(new String[0])).toList();
    try (BundleServices services = new BundleServices(bundles)) {
      return new TreeMap<>(answer(new Question(services, session, words)));
    } catch (Refusal e) {
      return Map.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  @Override
  public final int complete(Session session, CommandLine line, List<String> candidates) {
    return new StringsCompleter(ask(session, line).keySet()).complete(session, line, candidates);
  }

  @Override
  public final void completeCandidates(
      Session session, CommandLine line, List<Candidate> candidates) {
    ask(session, line)
        .forEach(
            (value, description) ->
                candidates.add(
                    new Candidate(
                        value,
                        value,
                        null,
                        description.isEmpty() ? null : description,
                        null,
                        null,
                        true)));
  }
}
