#!/bin/sh
# Makes every key of this folder, and the assertions to compare with. OpenSSL 3, OpenSSH, Python 3.
set -eu
cd "$(dirname "$0")"
legacy="-provider legacy -provider default"
passphrase="-passout pass:correct-horse"

# One key, in many forms.
openssl genrsa -traditional -out pkcs1.pem 2048
openssl pkcs8 -topk8 -nocrypt -in pkcs1.pem -out pkcs8.pem

# Encrypted PKCS#8.
pkcs8() {
  out=$1
  shift
  openssl pkcs8 -topk8 -in pkcs1.pem $passphrase -out "$out.pem" "$@"
}
pkcs8 encrypted-default
for prf in hmacWithSHA1 hmacWithSHA224 hmacWithSHA256 hmacWithSHA384 hmacWithSHA512; do
  pkcs8 encrypted-aes256-$prf -v2 aes-256-cbc -v2prf $prf
done
pkcs8 encrypted-aes128 -v2 aes-128-cbc
pkcs8 encrypted-aes192 -v2 aes-192-cbc
pkcs8 encrypted-des3 -v2 des3
pkcs8 encrypted-100000-iterations -v2 aes-256-cbc -iter 100000
pkcs8 encrypted-scrypt -scrypt
pkcs8 encrypted-aes128-scrypt-1024-8-16 -v2 aes-128-cbc -scrypt -scrypt_N 1024 -scrypt_r 8 -scrypt_p 16
pkcs8 encrypted-pbes1-sha1-3des -v1 PBE-SHA1-3DES
pkcs8 encrypted-pbes1-sha1-2des -v1 PBE-SHA1-2DES
openssl pkcs8 -topk8 -in pkcs1.pem -passout "pass:pässwörd ✓" -out encrypted-utf8-passphrase.pem
openssl pkcs8 -topk8 -in pkcs1.pem -passout "pass:pässwörd ✓" -v1 PBE-SHA1-3DES \
  -out encrypted-pbes1-utf8-passphrase.pem

# Encrypted PKCS#8 that is refused.
pkcs8 encrypted-camellia256 -v2 camellia-256-cbc
pkcs8 encrypted-rc2 -v2 rc2-cbc $legacy
pkcs8 encrypted-pbes1-md5-des -v1 PBE-MD5-DES $legacy
pkcs8 encrypted-20000000-iterations -v2 aes-256-cbc -iter 20000000

# Traditionally encrypted PEM; the last two are refused.
for cipher in aes128 aes192 aes256 des3 des camellia256; do
  openssl rsa -traditional -in pkcs1.pem $passphrase -$cipher -out traditional-$cipher.pem $legacy
done

# What other tools make of it.
openssl req -x509 -new -key pkcs1.pem -subj /CN=test -days 36500 -out certificate.pem
openssl req -new -key pkcs1.pem -subj /CN=test -out certificate-request.pem
openssl pkey -in pkcs1.pem -pubout -out public.pem
openssl rsa -in pkcs1.pem -RSAPublicKey_out -out public-pkcs1.pem
openssl pkcs12 -export -inkey pkcs1.pem -in certificate.pem $passphrase -out key.p12
openssl pkcs12 -in key.p12 -passin pass:correct-horse -nodes -out pkcs12-bag.pem
openssl pkcs12 -in key.p12 -passin pass:correct-horse $passphrase -nocerts -out pkcs12-bag-encrypted.pem
rm key.p12
cp pkcs1.pem openssh.pem
chmod 600 openssh.pem
ssh-keygen -q -p -N '' -f openssh.pem
rm -f openssh-ed25519.pem openssh-ecdsa-encrypted.pem
ssh-keygen -q -t ed25519 -N '' -C kibana -f openssh-ed25519.pem
ssh-keygen -q -t ecdsa -N changeme -C kibana -f openssh-ecdsa-encrypted.pem
rm openssh-ed25519.pem.pub openssh-ecdsa-encrypted.pem.pub

# Other RSA keys.
openssl genrsa -out pkcs8-3072.pem 3072
openssl genrsa -3 -out rsa-exponent-3.pem 2048
openssl genrsa -out rsa-1024.pem 1024
openssl genrsa -out rsa-2047.pem 2047
openssl genrsa -primes 3 -out rsa-3-primes.pem 2048
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:8589934593 \
  -out rsa-large-exponent.pem
openssl genpkey -algorithm rsa-pss -pkeyopt rsa_keygen_bits:2048 -out rsa-pss.pem
python3 composite_factor.py > rsa-composite-factor.pem

# Other algorithms.
openssl ecparam -name prime256v1 -genkey -out ec.pem
openssl pkcs8 -topk8 -nocrypt -in ec.pem -out ec-pkcs8.pem
openssl pkcs8 -topk8 -in ec.pem $passphrase -out ec-encrypted.pem
openssl genpkey -algorithm ed25519 -out ed25519.pem
openssl genpkey -algorithm x25519 -out x25519.pem
openssl dsaparam -genkey -noout -out dsa-pkcs8.pem 1024
openssl pkey -traditional -in dsa-pkcs8.pem -out dsa.pem

# Assertions, signed by OpenSSL. RS256 has one signature for a text and a key.
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
header='{"alg":"RS256","typ":"JWT","kid":"key-1"}'
payload='{"aud":"client-1","iss":"client-1","sub":"user@example.com","iat":1700000000,"exp":1700003600,"jti":"AAECAwQFBgcICQoLDA0ODw"}'
signed=$(printf '%s' "$header" | base64url).$(printf '%s' "$payload" | base64url)
for key in pkcs1 pkcs8-3072 rsa-exponent-3; do
  signature=$(printf '%s' "$signed" | openssl dgst -sha256 -sign $key.pem | base64url)
  printf '%s.%s' "$signed" "$signature" > $key.assertion
done
