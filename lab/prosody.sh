# SPDX-License-Identifier: Apache-2.0
# The XMPP server of an organisation. Sourced, not run. Its files are in $LAB/DOMAIN/prosody.

create_prosody() {
  local domain=$1 dir=$LAB/$1/prosody
  mkdir -p "$dir/data"
  create_certificate "$dir/key.pem" "$dir/certificate.pem" "$domain" "wave.$domain"
  cat >"$dir/prosody.cfg.lua" <<END
-- The lab alone: everything is on loopback, names come from the lab's DNS server.
run_as_root = true
certificates = "$dir"
data_path = "$dir/data"
pidfile = "$dir/data/prosody.pid"
log = { info = "$dir/prosody.log" }
interfaces = { "127.0.0.1" }
s2s_ports = { $(setting "$domain" PROSODY_PORT) }
component_interfaces = { "127.0.0.1" }
component_ports = { $(setting "$domain" COMPONENT_PORT) }
unbound = {
  resolvconf = false; hoststxt = false;
  forward = "127.0.0.1@$DNS_PORT";
  options = { ["do-not-query-localhost:"] = "no" };
}

-- What docs/prosody.md explains.
modules_enabled = { "disco", "tls", "saslauth" }
modules_disabled = { "c2s", "offline" }
network_settings = { nagle = false, min_wait = 0 }
s2s_require_encryption = true
s2s_secure_auth = true
ssl = { key = "$dir/key.pem"; certificate = "$dir/certificate.pem"; cafile = "$LAB/ca/ca.pem" }

VirtualHost "$domain"

Component "wave.$domain"
  component_secret = "$(setting "$domain" COMPONENT_SECRET)"
END
}

launch_prosody() {
  local port
  for port in PROSODY_PORT COMPONENT_PORT; do
    refuse_taken_port "$(setting "$1" "$port")" "the Prosody of $1"
  done
  spawn "$LAB/$1/prosody" prosody -F --config "$LAB/$1/prosody/prosody.cfg.lua"
}

await_prosody() {
  local port
  for port in PROSODY_PORT COMPONENT_PORT; do
    await_port "$(setting "$1" "$port")" 15 || failed_start "the Prosody of $1" "$LAB/$1/prosody/prosody.log"
  done
}
