# SPDX-License-Identifier: Apache-2.0
# The Wavefed server of an organisation. Sourced, not run. Its files are in $LAB/DOMAIN/wavefed.

# Unpacks the distribution and configures it: create_wavefed DOMAIN
create_wavefed() {
  local domain=$1 dir=$LAB/$1/wavefed
  mkdir -p "$dir"
  tar xzf "$WAVEFED_DISTRIBUTION" -C "$dir" --strip-components=1
  configure "$domain" org.apache.karaf.shell sshPort "$(setting "$domain" SSH_PORT)"
  configure "$domain" org.wavefed.server domains "$domain"
  configure "$domain" org.wavefed.crypto.x509 trust.roots "$LAB/ca/ca.pem"
  if has_prosody "$domain"; then configure_component "$domain"; fi
  if has_s2s "$domain"; then configure_s2s "$domain"; fi
  boot_features "$domain"
}

# What is installed at the first start besides the defaults, from the distribution itself.
boot_features() {
  local features=
  case $(setting "$1" TRANSPORT) in
    component) features=wavefed-transport-component ;;
    both) features="wavefed-transport-component, wavefed-transport-s2s, wavefed-dns-dnsjava, wavefed-dns-static" ;;
    s2s) any_prosody || features=wavefed-dns-static ;;
  esac
  [ -z "$features" ] ||
    sed -i "s|^featuresBoot *= *|&$features, |" "$LAB/$1/wavefed/etc/org.apache.karaf.features.cfg"
}

# Gives a running server a signing key, certified by the lab's certificate authority: certify DOMAIN
certify() {
  local dir=$LAB/$1
  rm -f "$dir/signer.csr"
  console "$1" "wave:keys --to '$dir/signer.csr' create $1" >"$dir/certify.log" || {
    cat "$dir/certify.log" >&2
    return 1
  }
  sign_request "$dir/signer.csr" "$dir/signer.pem" "$1"
  console "$1" "wave:keys import $1 '$dir/signer.pem'" >>"$dir/certify.log" || {
    cat "$dir/certify.log" >&2
    return 1
  }
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

launch_wavefed() {
  local dir=$LAB/$1/wavefed
  refuse_taken_port "$(setting "$1" SSH_PORT)" "the console of $1"
  spawn "$dir" env $(without_karaf_variables) KARAF_EXEC=exec "$dir/bin/karaf" server
}

# Ready is when the console knows our commands.
await_wavefed() {
  local end=$((SECONDS + 120))
  until port_taken "$(setting "$1" SSH_PORT)" && console "$1" wave:status >/dev/null; do
    [ "$SECONDS" -lt "$end" ] && is_running "$LAB/$1/wavefed" ||
      failed_start "the Wavefed server of $1" "$LAB/$1/wavefed/data/log/karaf.log" || return 1
    sleep 0.2
  done
}

# Variables of another Karaf around us would lead ours astray.
without_karaf_variables() {
  compgen -v KARAF_ | sed 's/^/-u /'
}

# Runs console commands, one per argument, and prints what they answer; stops at the first that is
# refused, and returns 1: console DOMAIN COMMAND...
console() {
  local domain=$1
  shift
  printf '%s\n' "$@" | env $(without_karaf_variables) "$LAB/$domain/wavefed/bin/client" -b 2>>"$LAB/$domain/console.log"
}
