# SPDX-License-Identifier: Apache-2.0
# Free TCP and UDP ports on 127.0.0.1. Sourced, not run.

# Somebody listens there: a connection is taken.
port_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Puts a port into the named variable that nobody listens on, and that was not given out before. Below
# the range that the kernel takes the ports of outgoing connections from.
#   free_port NAME
free_port() {
  local candidate tries
  for tries in {1..200}; do
    candidate=$((20000 + RANDOM % 12000))
    case " ${GIVEN_PORTS:-} " in *" $candidate "*) continue ;; esac
    if ! port_taken "$candidate"; then
      GIVEN_PORTS="${GIVEN_PORTS:-} $candidate"
      printf -v "$1" '%s' "$candidate"
      return 0
    fi
  done
  echo "No free port found between 20000 and 31999 on 127.0.0.1." >&2
  return 1
}

# Waits until somebody listens on a port: await_port PORT SECONDS
await_port() {
  local end=$((SECONDS + $2))
  until port_taken "$1"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}
