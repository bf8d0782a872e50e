# SPDX-License-Identifier: Apache-2.0
# A Wavefed server that talks to other servers itself. Sourced, not run.

configure_s2s() {
  local domain=$1 file=org.wavefed.transport.s2s tls=$LAB/$1/wavefed/etc/wavefed/tls
  mkdir -p "$tls"
  create_certificate "$tls/$domain.key" "$tls/$domain.crt" "$domain" "wave.$domain"
  configure "$domain" $file domains "$domain"
  configure "$domain" $file listen "127.0.0.1:$(setting "$domain" S2S_PORT)"
  configure "$domain" $file private.addresses true
  configure "$domain" org.wavefed.dns.static records "$(all_records)"
  if any_prosody; then
    configure "$domain" org.wavefed.dns.dnsjava nameservers "127.0.0.1:$DNS_PORT"
  fi
}

# What the lab's DNS server would tell, where there is none.
all_records() {
  local domain name port priority
  for domain in $DOMAINS; do
    for name in $domain wave.$domain; do
      priority=0
      for port in $(stream_ports "$domain"); do
        printf '%s SRV %s 0 %s %s, ' "_xmpp-server._tcp.$name" $((priority += 5)) "$port" "xmpp.$domain"
      done
    done
    printf '%s A 127.0.0.1, ' "xmpp.$domain"
  done
}
