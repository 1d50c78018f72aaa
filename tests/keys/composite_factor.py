"""Prints an RSA key whose numbers fit together, but one of its "primes" is the product of two."""

import base64
import subprocess
import textwrap
from math import gcd, lcm


def prime(bits):
    return int(subprocess.check_output(["openssl", "prime", "-generate", "-bits", str(bits)]))


def der(tag, body):
    size = len(body)
    if size < 128:
        length = bytes([size])
    elif size < 256:
        length = bytes([0x81, size])
    else:
        length = bytes([0x82]) + size.to_bytes(2, "big")
    return bytes([tag]) + length + body


def integer(number):
    return der(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


e = 65537
while True:
    p, q = prime(512) * prime(512), prime(1024)
    n, order = p * q, lcm(p - 1, q - 1)
    if n.bit_length() == 2048 and p.bit_length() == 1024 and gcd(e, order) == 1:
        break
d = pow(e, -1, order)
numbers = [0, n, e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p)]
body = der(0x30, b"".join(integer(number) for number in numbers))
print("-----BEGIN RSA PRIVATE KEY-----")
print(textwrap.fill(base64.b64encode(body).decode(), 64))
print("-----END RSA PRIVATE KEY-----")
