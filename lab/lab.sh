# SPDX-License-Identifier: Apache-2.0
# The lab as functions. Sourced, not run; WAVEFED_CHECKOUT is set by who sources it.
# LAB is the lab's folder, DOMAINS the organisations in it, DNS_PORT the port of its DNS server.

for part in packages ports processes ca dns prosody wavefed; do
  source "$WAVEFED_CHECKOUT/lab/$part.sh"
done
WAVEFED_DISTRIBUTION=${WAVEFED_DISTRIBUTION:-$(ls "$WAVEFED_CHECKOUT"/karaf-distribution/target/*.tar.gz 2>/dev/null || true)}

# Writes a lab that is not started yet: lab_create DIR DOMAIN...
lab_create() {
  mkdir -p "$1"
  LAB=$(cd "$1" && pwd -P)
  chmod 700 "$LAB"
  shift
  DOMAINS=$*
  free_port DNS_PORT
  printf 'DOMAINS="%s"\nDNS_PORT=%s\n' "$DOMAINS" "$DNS_PORT" >"$LAB/lab.env"
  create_ca
  local domain
  for domain in $DOMAINS; do
    mkdir -p "$LAB/$domain"
    write_settings "$domain"
    create_prosody "$domain"
    create_wavefed "$domain"
  done
  create_dns
}

# Takes up a lab that was written before.
lab_open() {
  use_jdk17
  LAB=$(cd "$1" && pwd -P)
  source "$LAB/lab.env"
}

write_settings() {
  local name
  for name in S2S_PORT COMPONENT_PORT SSH_PORT; do
    free_port port
    printf '%s=%s\n' "$name" "$port"
  done >"$LAB/$1/settings.env"
  printf 'COMPONENT_SECRET=%s\n' "$(openssl rand -hex 16)" >>"$LAB/$1/settings.env"
}

# A port or secret of an organisation: setting DOMAIN NAME
setting() {
  sed -n "s/^$2=//p" "$LAB/$1/settings.env"
}

all_parts() {
  local domain
  echo dns
  for domain in $DOMAINS; do echo "prosody@$domain"; done
  for domain in $DOMAINS; do echo "wavefed@$domain"; done
}

folder_of() {
  case $1 in
    dns) echo "$LAB/dns" ;;
    *) echo "$LAB/${1#*@}/${1%@*}" ;;
  esac
}

# Launches all of them, and then waits for each to be ready.
lab_start() {
  local part launched=()
  [ $# -gt 0 ] || set -- $(all_parts)
  for part in "$@"; do
    is_running "$(folder_of "$part")" && continue
    "launch_${part%@*}" "${part#*@}"
    launched+=("$part")
  done
  for part in "${launched[@]}"; do "await_${part%@*}" "${part#*@}"; done
}

# All at the same time.
lab_stop() {
  local part
  [ $# -gt 0 ] || set -- $(all_parts)
  for part in "$@"; do halt "$(folder_of "$part")" & done
  wait
}

lab_crash() {
  local part
  for part in "$@"; do crash "$(folder_of "$part")"; done
}

lab_status() {
  local part
  for part in $(all_parts); do
    if is_running "$(folder_of "$part")"; then echo "$part up"; else echo "$part down"; fi
  done
}

refuse_taken_port() {
  port_taken "$1" || return 0
  echo "Port $1 on 127.0.0.1, meant for $2, is taken by another program." >&2
  return 1
}

failed_start() {
  echo "$1 did not start. The end of $2:" >&2
  tail -n 15 "$2" >&2 || true
  return 1
}
