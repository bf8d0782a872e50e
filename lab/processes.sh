# SPDX-License-Identifier: Apache-2.0
# Server processes, each with a folder of its own that holds its pid. Sourced, not run.

# Starts a server in the background, out of reach of the terminal's Ctrl-C: spawn FOLDER COMMAND...
spawn() {
  local folder=$1
  shift
  setsid "$@" </dev/null >"$folder/output.log" 2>&1 9>&- &
  echo $! >"$folder/pid"
  disown
}

# Whether the folder's server runs. A pid that was given to somebody else since does not count: the
# command line of ours names its folder. In the moment in which a process becomes another program it has none:
# then it is looked at again.
is_running() {
  local pid line= try
  pid=$(cat "$1/pid" 2>/dev/null) || return 1
  for try in 1 2 3 4; do
    line=$(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline") || return 1
    [ -z "$line" ] || break
    sleep 0.05
  done
  [[ $line == *"$1"* ]]
}

# Stops the folder's server, by force after 20 seconds. Nothing happens if it does not run.
halt() {
  local folder=$1 pid end=$((SECONDS + 20))
  is_running "$folder" || return 0
  pid=$(cat "$folder/pid")
  kill "$pid" 2>/dev/null || true
  while is_running "$folder"; do
    [ "$SECONDS" -lt "$end" ] || kill -9 "$pid" 2>/dev/null || true
    sleep 0.1
  done
  rm -f "$folder/pid"
}

# Kills without a goodbye, as a power cut would.
crash() {
  is_running "$1" || return 0
  kill -9 "$(cat "$1/pid")"
  while is_running "$1"; do sleep 0.05; done
  rm -f "$1/pid"
}
