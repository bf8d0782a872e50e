# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages that a script needs, and finds the JDK. Sourced, not run.

# Sets nothing up if every package is there. Otherwise says what it will install, and installs it;
# where that is not possible it prints the one line to run, and returns 1.
#   need_packages PACKAGE...
need_packages() {
  local missing=() package
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null; then
    echo "Please install these first (no apt-get here): ${missing[*]}" >&2
    return 1
  fi
  local install=(apt-get install -y --no-install-recommends "${missing[@]}")
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! can_sudo; then
      echo "Some Debian packages are missing and cannot be installed from here. Please run:" >&2
      echo "  sudo apt-get update && sudo ${install[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  echo "Installing Debian packages: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}"; } \
    </dev/null >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    rm -f "$log"
    echo "That did not work. Please run:" >&2
    echo "  ${as_root[*]:+sudo }apt-get update && ${as_root[*]:+sudo }${install[*]}" >&2
    return 1
  fi
  rm -f "$log"
  stop_services "${missing[@]}"
}

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Without a terminal nobody can type a password, so only sudo that asks for none counts.
can_sudo() {
  command -v sudo >/dev/null || return 1
  if [ -t 0 ]; then sudo -v; else sudo -n true 2>/dev/null; fi
}

# Debian starts servers when it installs them. Ours run from the lab's folder: those just installed are stopped again.
stop_services() {
  command -v systemctl >/dev/null && systemctl is-system-running >/dev/null 2>&1 || return 0
  local package
  for package in "$@"; do
    case $package in
      prosody | knot | ejabberd) "${as_root[@]}" systemctl disable --now "$package" >/dev/null 2>&1 || true ;;
      # Listens on every address.
      erlang-base) "${as_root[@]}" systemctl disable --now epmd.socket epmd.service >/dev/null 2>&1 || true ;;
    esac
  done
}

# Exports JAVA_HOME: a JDK 17, wherever Debian or Ubuntu put it.
use_jdk17() {
  local home
  for home in "${JAVA_HOME:-none}" /usr/lib/jvm/java-17-openjdk* /usr/lib/jvm/*17*; do
    if [[ -x $home/bin/javac && $("$home/bin/javac" -version 2>&1) == 'javac 17'* ]]; then
      export JAVA_HOME=$home
      return 0
    fi
  done
  echo "No JDK 17 found. Please run: sudo apt-get install openjdk-17-jdk-headless, or set JAVA_HOME to one." >&2
  return 1
}
