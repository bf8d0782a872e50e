// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wavefed.dns.DnsAnswer.Kind;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Says what a nameserver's response means (RFC 1034, RFC 2181, RFC 2308). Believes nothing but the
 * records of the name that was asked for and of its aliases.
 */
final class ResponseReader {
  private static final int RECORDS_MAX = 256;
  private static final int ALIASES_MAX = 8;
  private static final long POSITIVE_SECONDS_MAX = 86_400;
  private static final long NEGATIVE_SECONDS_MAX = 3_600;

  private ResponseReader() {}

  /** What a response means. */
  sealed interface Meaning {
    /** It answers the question. */
    record Answered(RecordSet set) implements Meaning {}

    /** The name is an alias of another, which the response does not answer for. */
    record Alias(Question next, long seconds, boolean authenticated) implements Meaning {}
  }

  /**
   * @throws DnsException if the nameserver cannot answer, or its answer makes no sense
   */
  static Meaning read(Question question, Message response) {
    int rcode = response.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      throw new DnsException(
          Reason.SERVER_FAILURE, "the nameserver says " + Rcode.string(rcode), null);
    }
    List<Record> answers = response.getSection(Section.ANSWER);
    if (answers.size() > RECORDS_MAX) {
      throw bad("more than " + RECORDS_MAX + " records");
    }
    return follow(question, response, answers);
  }

  private static Meaning follow(Question question, Message response, List<Record> answers) {
    boolean authenticated = response.getHeader().getFlag(Flags.AD);
    Set<Name> seen = new HashSet<>();
    long seconds = POSITIVE_SECONDS_MAX;
    Name name = question.name();
    while (seen.add(name)) {
      List<Record> found = matching(answers, name, question.type());
      if (!found.isEmpty()) {
        RecordSet set = new RecordSet(Kind.FOUND, found, least(seconds, found), authenticated);
        return new Meaning.Answered(set);
      }
      List<Record> aliases = matching(answers, name, Type.CNAME);
      if (aliases.isEmpty()) {
        return nothingAt(new Question(name, question.type()), response, seconds, seen.size() > 1);
      }
      if (seen.size() > ALIASES_MAX) {
        throw bad("more than " + ALIASES_MAX + " aliases");
      }
      seconds = least(seconds, aliases);
      name = ((CNAMERecord) aliases.get(0)).getTarget();
    }
    throw bad("a loop of aliases at " + name.toString(true));
  }

  private static Meaning nothingAt(
      Question last, Message response, long seconds, boolean wasAlias) {
    boolean authenticated = response.getHeader().getFlag(Flags.AD);
    SOARecord authority = authority(response, last.name());
    boolean denied = authority != null || response.getRcode() == Rcode.NXDOMAIN;
    if (!denied && wasAlias) {
      return new Meaning.Alias(last, seconds, authenticated);
    }
    if (!denied && isReferral(response)) {
      throw new DnsException(
          Reason.SERVER_FAILURE, "the nameserver refers to others instead of answering", null);
    }
    Kind kind = response.getRcode() == Rcode.NXDOMAIN ? Kind.NO_SUCH_NAME : Kind.NO_RECORDS;
    // Without the authority's word on for how long, a denial must not be kept (RFC 2308, 5).
    long negative = authority == null ? 0 : Math.min(authority.getTTL(), authority.getMinimum());
    long kept = Math.min(Math.min(negative, NEGATIVE_SECONDS_MAX), seconds);
    return new Meaning.Answered(new RecordSet(kind, List.of(), kept, authenticated));
  }

  private static List<Record> matching(List<Record> records, Name name, int type) {
    List<Record> matching = new ArrayList<>();
    for (Record record : records) {
      if (record.getType() == type
          && record.getDClass() == DClass.IN
          && record.getName().equals(name)) {
        matching.add(record);
      }
    }
    return matching;
  }

  private static long least(long seconds, List<Record> records) {
    long least = seconds;
    for (Record record : records) {
      least = Math.min(least, record.getTTL());
    }
    return least;
  }

  private static @Nullable SOARecord authority(Message response, Name name) {
    for (Record record : response.getSection(Section.AUTHORITY)) {
      if (record instanceof SOARecord authority && name.subdomain(authority.getName())) {
        return authority;
      }
    }
    return null;
  }

  private static boolean isReferral(Message response) {
    return !response.getHeader().getFlag(Flags.AA)
        && !response.getHeader().getFlag(Flags.RA)
        && response.getSection(Section.AUTHORITY).stream().anyMatch(r -> r.getType() == Type.NS);
  }

  private static DnsException bad(String what) {
    return new DnsException(Reason.BAD_ANSWER, what, null);
  }
}
