# SPDX-License-Identifier: Apache-2.0
# A real DNS server for the lab's domains. Sourced, not run. Its files are in $LAB/dns.

create_dns() {
  local dir=$LAB/dns domain
  mkdir -p "$dir/zones" "$dir/run"
  {
    cat <<END
server:
    rundir: "$dir/run"
    listen: 127.0.0.1@$DNS_PORT
log:
  - target: stderr
    any: warning
database:
    storage: "$dir/run"
template:
  - id: default
    storage: "$dir/zones"
    file: "%s.zone"
zone:
END
    for domain in . $DOMAINS; do echo "  - domain: $domain"; done
  } >"$dir/knot.conf"
  for domain in $DOMAINS; do write_zone "$domain"; done
  # The rest of the world: no such domain.
  printf '$TTL 60\n. SOA ns.example. hostmaster.example. 1 3600 600 86400 1\n. NS ns.example.\n' >"$dir/zones/.zone"
}

# The records that a domain needs: where it takes streams for the domain and for the wave service.
write_zone() {
  local port priority=0
  {
    cat <<END
\$ORIGIN $1.
\$TTL 60
@                       SOA  ns hostmaster 1 3600 600 86400 60
@                       NS   ns
ns                      A    127.0.0.1
xmpp                    A    127.0.0.1
END
    for port in $(stream_ports "$1"); do
      priority=$((priority + 5))
      cat <<END
_xmpp-server._tcp       SRV  $priority 0 $port xmpp
_xmpp-server._tcp.wave  SRV  $priority 0 $port xmpp
END
    done
  } >"$LAB/dns/zones/$1.zone"
}

launch_dns() {
  refuse_taken_port "$DNS_PORT" "the DNS server"
  spawn "$LAB/dns" knotd -c "$LAB/dns/knot.conf"
}

await_dns() {
  await_port "$DNS_PORT" 10 || failed_start "the DNS server" "$LAB/dns/output.log"
}
