// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/** Addresses that are a domain alone, as those of wave services are. */
public final class DomainAddress {
  private static final Pattern DOMAIN = Pattern.compile("[^\\s\\p{Cntrl}\"&'/:<>@\\\\]{1,1023}");

  private DomainAddress() {}

  /**
   * Reads an address, in lower case.
   *
   * @throws IllegalArgumentException if the text is no domain name
   */
  public static Jid of(String text) {
    if (!DOMAIN.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no domain name");
    }
    try {
      return JidCreate.domainBareFrom(text.toLowerCase(Locale.ROOT));
    } catch (XmppStringprepException e) {
      throw new IllegalArgumentException("'" + text + "' is no domain name", e);
    }
  }
}
