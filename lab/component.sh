# SPDX-License-Identifier: Apache-2.0
# A Wavefed server as a component of its organisation's Prosody. Sourced, not run.

configure_component() {
  local domain=$1 file=org.wavefed.transport.component-default
  configure "$domain" $file domain "$domain"
  configure "$domain" $file address "wave.$domain"
  configure "$domain" $file port "$(setting "$domain" COMPONENT_PORT)"
  configure "$domain" $file secret "$(setting "$domain" COMPONENT_SECRET)"
}
