# SPDX-License-Identifier: Apache-2.0
# The lab's own certificate authority. Sourced, not run. Its files are in $LAB/ca.

create_ca() {
  mkdir -p "$LAB/ca"
  (umask 077 && openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Wavefed lab CA" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout "$LAB/ca/ca.key" -out "$LAB/ca/ca.pem" 2>/dev/null)
}

# Signs a certificate request: sign_request REQUEST CERTIFICATE NAME...; the names go into the certificate.
sign_request() {
  local request=$1 certificate=$2 names
  shift 2
  printf -v names 'DNS:%s,' "$@"
  openssl x509 -req -in "$request" -CA "$LAB/ca/ca.pem" -CAkey "$LAB/ca/ca.key" -CAcreateserial -days 30 \
    -extfile <(echo "subjectAltName=${names%,}") -out "$certificate" 2>/dev/null
}

# Makes a key and a certificate: create_certificate KEY CERTIFICATE NAME...
create_certificate() {
  local key=$1 certificate=$2
  shift 2
  (umask 077 && openssl req -newkey rsa:2048 -nodes -subj "/CN=$1" -keyout "$key" -out "$certificate.csr" 2>/dev/null)
  sign_request "$certificate.csr" "$certificate" "$@"
  rm -f "$certificate.csr"
}
