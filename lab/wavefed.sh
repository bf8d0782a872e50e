# SPDX-License-Identifier: Apache-2.0
# The Wavefed server of an organisation. Sourced, not run. Its files are in $LAB/DOMAIN/wavefed.

# Unpacks the distribution and configures it: create_wavefed DOMAIN
create_wavefed() {
  local domain=$1 dir=$LAB/$1/wavefed
  mkdir -p "$dir"
  tar xzf "$WAVEFED_DISTRIBUTION" -C "$dir" --strip-components=1
  configure "$domain" org.apache.karaf.shell sshPort "$(setting "$domain" SSH_PORT)"
}

# Sets a key of a configuration file, as an operator does with an editor: configure DOMAIN PID KEY VALUE
configure() {
  local file=$LAB/$1/wavefed/etc/$2.cfg
  grep -q "^ *$3 *=" "$file" || {
    echo "$file has no key $3" >&2
    return 1
  }
  sed -i "s|^ *$3 *=.*|$3 = $4|" "$file"
}

start_wavefed() {
  local dir=$LAB/$1/wavefed
  refuse_taken_port "$(setting "$1" SSH_PORT)" "the console of $1"
  spawn "$dir" env $(without_karaf_variables) KARAF_EXEC=exec "$dir/bin/karaf" server
  await_port "$(setting "$1" SSH_PORT)" 60 || failed_start "the Wavefed server of $1" "$dir/data/log/karaf.log"
}

# Variables of another Karaf around us would lead ours astray.
without_karaf_variables() {
  compgen -v KARAF_ | sed 's/^/-u /'
}

# Runs console commands, one per argument: console DOMAIN COMMAND...
console() {
  local domain=$1
  shift
  printf '%s\n' "$@" | env $(without_karaf_variables) "$LAB/$domain/wavefed/bin/client" -b 2>&1
}
