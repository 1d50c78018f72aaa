//! Algorithms by their names, which are those of OpenSSL's documentation.

use std::borrow::Cow;

use pkcs8::ObjectIdentifier;

/// The name of an algorithm; of an unknown one, its identifier.
pub fn name(oid: ObjectIdentifier) -> Cow<'static, str> {
    let dotted = oid.to_string();
    match NAMES.iter().find(|(identifier, _)| *identifier == dotted) {
        Some((_, name)) => Cow::Borrowed(name),
        None => Cow::Owned(format!("OID {dotted}")),
    }
}

/// The algorithms that are dealt with, and those that a person may come with nevertheless.
const NAMES: &[(&str, &str)] = &[
    // Keys.
    ("1.2.840.113549.1.1.1", "RSA"),
    ("1.2.840.113549.1.1.10", "RSASSA-PSS"),
    ("1.2.840.10045.2.1", "EC"),
    ("1.2.840.10040.4.1", "DSA"),
    ("1.2.840.113549.1.1.7", "RSAES-OAEP"),
    ("1.2.840.113549.1.3.1", "DH"),
    ("1.2.840.10046.2.1", "DH"),
    ("1.3.101.110", "X25519"),
    ("1.3.101.111", "X448"),
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
    ("1.2.156.10197.1.301", "SM2"),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
    // Encryption in one, before PBES2.
    ("1.2.840.113549.1.5.1", "pbeWithMD2AndDES-CBC"),
    ("1.2.840.113549.1.5.3", "pbeWithMD5AndDES-CBC"),
    ("1.2.840.113549.1.5.4", "pbeWithMD2AndRC2-CBC"),
    ("1.2.840.113549.1.5.6", "pbeWithMD5AndRC2-CBC"),
    ("1.2.840.113549.1.5.10", "pbeWithSHA1AndDES-CBC"),
    ("1.2.840.113549.1.5.11", "pbeWithSHA1AndRC2-CBC"),
    ("1.2.840.113549.1.12.1.1", "pbeWithSHA1And128BitRC4"),
    ("1.2.840.113549.1.12.1.2", "pbeWithSHA1And40BitRC4"),
    ("1.2.840.113549.1.12.1.3", "pbeWithSHA1And3-KeyTripleDES-CBC"),
    ("1.2.840.113549.1.12.1.4", "pbeWithSHA1And2-KeyTripleDES-CBC"),
    ("1.2.840.113549.1.12.1.5", "pbeWithSHA1And128BitRC2-CBC"),
    ("1.2.840.113549.1.12.1.6", "pbeWithSHA1And40BitRC2-CBC"),
    // Encryption in parts, and from a passphrase to a key.
    ("1.2.840.113549.1.5.13", "PBES2"),
    ("1.2.840.113549.1.5.12", "PBKDF2"),
    ("1.3.6.1.4.1.11591.4.11", "scrypt"),
    // What PBKDF2 is computed with.
    ("1.2.840.113549.2.7", "hmacWithSHA1"),
    ("1.2.840.113549.2.8", "hmacWithSHA224"),
    ("1.2.840.113549.2.9", "hmacWithSHA256"),
    ("1.2.840.113549.2.10", "hmacWithSHA384"),
    ("1.2.840.113549.2.11", "hmacWithSHA512"),
    ("1.2.840.113549.2.6", "hmacWithMD5"),
    ("1.3.6.1.5.5.8.1.1", "hmacWithMD5"),
    ("1.2.840.113549.2.12", "hmacWithSHA512-224"),
    ("1.2.840.113549.2.13", "hmacWithSHA512-256"),
    ("2.16.840.1.101.3.4.2.13", "hmacWithSHA3-224"),
    ("2.16.840.1.101.3.4.2.14", "hmacWithSHA3-256"),
    ("2.16.840.1.101.3.4.2.15", "hmacWithSHA3-384"),
    ("2.16.840.1.101.3.4.2.16", "hmacWithSHA3-512"),
    ("1.2.156.10197.1.401.2", "hmacWithSM3"),
    // Ciphers.
    ("2.16.840.1.101.3.4.1.2", "AES-128-CBC"),
    ("2.16.840.1.101.3.4.1.22", "AES-192-CBC"),
    ("2.16.840.1.101.3.4.1.42", "AES-256-CBC"),
    ("1.2.840.113549.3.7", "DES-EDE3-CBC"),
    ("1.3.14.3.2.7", "DES-CBC"),
    ("1.2.840.113549.3.2", "RC2-CBC"),
    ("1.2.840.113549.3.4", "RC4"),
    ("1.2.840.113549.3.9", "RC5-CBC"),
    ("2.16.840.1.101.3.4.1.1", "AES-128-ECB"),
    ("2.16.840.1.101.3.4.1.3", "AES-128-OFB"),
    ("2.16.840.1.101.3.4.1.4", "AES-128-CFB"),
    ("2.16.840.1.101.3.4.1.6", "AES-128-GCM"),
    ("2.16.840.1.101.3.4.1.7", "AES-128-CCM"),
    ("2.16.840.1.101.3.4.1.21", "AES-192-ECB"),
    ("2.16.840.1.101.3.4.1.23", "AES-192-OFB"),
    ("2.16.840.1.101.3.4.1.24", "AES-192-CFB"),
    ("2.16.840.1.101.3.4.1.26", "AES-192-GCM"),
    ("2.16.840.1.101.3.4.1.27", "AES-192-CCM"),
    ("2.16.840.1.101.3.4.1.41", "AES-256-ECB"),
    ("2.16.840.1.101.3.4.1.43", "AES-256-OFB"),
    ("2.16.840.1.101.3.4.1.44", "AES-256-CFB"),
    ("2.16.840.1.101.3.4.1.46", "AES-256-GCM"),
    ("2.16.840.1.101.3.4.1.47", "AES-256-CCM"),
    ("1.2.392.200011.61.1.1.1.2", "CAMELLIA-128-CBC"),
    ("1.2.392.200011.61.1.1.1.3", "CAMELLIA-192-CBC"),
    ("1.2.392.200011.61.1.1.1.4", "CAMELLIA-256-CBC"),
    ("1.2.410.200046.1.1.2", "ARIA-128-CBC"),
    ("1.2.410.200046.1.1.7", "ARIA-192-CBC"),
    ("1.2.410.200046.1.1.12", "ARIA-256-CBC"),
    ("1.2.410.200004.1.4", "SEED-CBC"),
    ("1.2.156.10197.1.104.2", "SM4-CBC"),
    ("1.2.840.113533.7.66.10", "CAST5-CBC"),
    ("1.3.6.1.4.1.3029.1.2", "BF-CBC"),
    ("1.3.6.1.4.1.188.7.1.1.2", "IDEA-CBC"),
    ("1.2.840.113549.1.9.16.3.18", "ChaCha20-Poly1305"),
];
