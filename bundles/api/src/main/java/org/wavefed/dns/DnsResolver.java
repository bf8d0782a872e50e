// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks names up. Answers are cached as long as their time to live says, negative answers too (RFC
 * 2308). Names may be Unicode; they are looked up in their ASCII form (RFC 3490) and compared
 * without regard to case.
 *
 * <p>Every call returns at once and completes within its timeout, on any thread, with an answer or
 * exceptionally with a {@link DnsException}. "There is none" is an answer, not a failure: only an
 * answer may decide that a fallback is allowed. Thread-safe.
 */
@ConsumerType
public interface DnsResolver {
  /** What it is and whom it asks, in one line for operators. */
  String description();

  /**
   * The SRV records of a name such as {@code _xmpp-server._tcp.acmewave.example} (RFC 2782), in no
   * particular order; aliases (CNAME) are followed.
   */
  CompletionStage<DnsAnswer<SrvRecord>> srv(String name, Duration timeout);

  /** The addresses (A and AAAA) of a host, in no particular order; aliases (CNAME) are followed. */
  CompletionStage<DnsAnswer<HostAddress>> addresses(String host, Duration timeout);

  /** What is in the cache now, by name. */
  List<CachedAnswer> cached();

  /** Forgets what is cached for a name, or everything if there is no name. */
  void flush(Optional<String> name);
}
