// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.wavefed.dns.CachedAnswer;
import org.wavefed.dns.DnsAnswer;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.wavefed.dns.DnsResolver;
import org.wavefed.dns.HostAddress;
import org.wavefed.dns.SrvRecord;

/** Asks whichever resolver there is at the moment. */
record SwappableDns(Supplier<Optional<DnsResolver>> present) implements DnsResolver {
  @Override
  public String description() {
    return present.get().map(DnsResolver::description).orElse("no resolver");
  }

  @Override
  public CompletionStage<DnsAnswer<SrvRecord>> srv(String name, Duration timeout) {
    return ask(dns -> dns.srv(name, timeout));
  }

  @Override
  public CompletionStage<DnsAnswer<HostAddress>> addresses(String host, Duration timeout) {
    return ask(dns -> dns.addresses(host, timeout));
  }

  private <T> CompletionStage<T> ask(Function<DnsResolver, CompletionStage<T>> question) {
    return present
        .get()
        .map(question)
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new DnsException(Reason.UNAVAILABLE, "there is no DNS part running", null)));
  }

  @Override
  public List<CachedAnswer> cached() {
    return present.get().map(DnsResolver::cached).orElse(List.of());
  }

  @Override
  public void flush(Optional<String> name) {
    present.get().ifPresent(dns -> dns.flush(name));
  }
}
