# SPDX-License-Identifier: Apache-2.0
# The lab as functions. Sourced, not run; WAVEFED_CHECKOUT is set by who sources it.
# LAB is the lab's folder, DOMAINS the organisations in it, DNS_PORT the port of its DNS server (empty
# where none is needed). How an organisation federates is its setting TRANSPORT: s2s, component or both.

for part in packages ports processes ca dns prosody component s2s wavefed; do
  source "$WAVEFED_CHECKOUT/lab/$part.sh"
done
WAVEFED_DISTRIBUTION=${WAVEFED_DISTRIBUTION:-$(ls "$WAVEFED_CHECKOUT"/karaf-distribution/target/*.tar.gz 2>/dev/null || true)}

# Writes a lab that is not started yet: lab_create DIR [--transport TRANSPORT] DOMAIN...
lab_create() {
  mkdir -p "$1"
  LAB=$(cd "$1" && pwd -P)
  chmod 700 "$LAB"
  shift
  write_organisations "$@"
  DNS_PORT=
  if any_prosody; then free_port DNS_PORT; fi
  printf 'DOMAINS="%s"\nDNS_PORT=%s\n' "$DOMAINS" "$DNS_PORT" >"$LAB/lab.env"
  create_ca
  if any_prosody; then create_dns; fi
  local domain
  for domain in $DOMAINS; do
    if has_prosody "$domain"; then create_prosody "$domain"; fi
    create_wavefed "$domain"
  done
}

# Takes up a lab that was written before.
lab_open() {
  use_jdk17
  LAB=$(cd "$1" && pwd -P)
  source "$LAB/lab.env"
}

# Sets DOMAINS. A transport counts for the domains behind it; at first it is s2s.
write_organisations() {
  local transport=s2s
  DOMAINS=
  while [ $# -gt 0 ]; do
    case $1 in
      --transport)
        transport=${2:-}
        refuse_unknown_transport "$transport"
        shift
        ;;
      *)
        write_settings "$1" "$transport"
        DOMAINS="${DOMAINS:+$DOMAINS }$1"
        ;;
    esac
    shift
  done
}

refuse_unknown_transport() {
  case $1 in
    s2s | component | both) ;;
    *)
      echo "There is no transport '$1': s2s, component or both." >&2
      return 1
      ;;
  esac
}

# Writes what an organisation has of its own: write_settings DOMAIN TRANSPORT
write_settings() {
  local name port
  mkdir -p "$LAB/$1"
  {
    printf 'TRANSPORT=%s\n' "$2"
    for name in S2S_PORT PROSODY_PORT COMPONENT_PORT SSH_PORT; do
      free_port port
      printf '%s=%s\n' "$name" "$port"
    done
    printf 'COMPONENT_SECRET=%s\n' "$(openssl rand -hex 16)"
  } >"$LAB/$1/settings.env"
}

# A port, a secret or the transport of an organisation: setting DOMAIN NAME
setting() {
  sed -n "s/^$2=//p" "$LAB/$1/settings.env"
}

has_prosody() {
  [ "$(setting "$1" TRANSPORT)" != s2s ]
}

has_s2s() {
  [ "$(setting "$1" TRANSPORT)" != component ]
}

any_prosody() {
  local domain
  for domain in $DOMAINS; do
    if has_prosody "$domain"; then return 0; fi
  done
  return 1
}

# The ports that take streams of other servers, the preferred one first: stream_ports DOMAIN
stream_ports() {
  if has_s2s "$1"; then setting "$1" S2S_PORT; fi
  if has_prosody "$1"; then setting "$1" PROSODY_PORT; fi
}

all_parts() {
  local domain
  if any_prosody; then echo dns; fi
  for domain in $DOMAINS; do
    if has_prosody "$domain"; then echo "prosody@$domain"; fi
  done
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
