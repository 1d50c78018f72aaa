//! The ways in which a private key can be wrong.

#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
mod support;

use base64::prelude::{BASE64_STANDARD, Engine};
use servicenow_itsm_connector::oauth::private_key::KeyFault;
use support::keys::{PASSPHRASE, children, der, fault, file, integer, octets, pem, sequence, tlv};

fn unsupported(name: &'static str) -> KeyFault {
    KeyFault::UnsupportedEncryption(name.into())
}

#[test]
fn without_a_text_there_is_no_key() {
    for text in ["", " \n\t", "\u{feff}", r"\n"] {
        assert_eq!(fault(text, None), KeyFault::Empty, "{text:?}");
    }
}

#[test]
fn what_is_no_pem_is_named_where_it_is_known() {
    let key = file("pkcs1.pem");
    let base64 = |name| BASE64_STANDARD.encode(der(&file(name)));
    let other = |name: &'static str| KeyFault::OtherFormat(name.into());
    for (text, expected) in [
        ("my key".to_owned(), KeyFault::NotPem),
        ("/etc/ssl/key.pem".to_owned(), KeyFault::NotPem),
        ("----- BEGIN -----".to_owned(), KeyFault::NotPem),
        (BASE64_STANDARD.encode(&key), KeyFault::Base64OfPem),
        (BASE64_STANDARD.encode(&key).replace('A', "A\n"), KeyFault::Base64OfPem),
        (base64("pkcs1.pem"), KeyFault::NoPemLines),
        (base64("pkcs8.pem"), KeyFault::NoPemLines),
        (base64("encrypted-default.pem"), KeyFault::NoPemLines),
        (String::from_utf8_lossy(&der(&key)).into_owned(), KeyFault::NoPemLines),
        (der(&key).iter().map(|byte| char::from(*byte)).collect(), KeyFault::NoPemLines),
        (base64("certificate.pem"), KeyFault::Certificate),
        (base64("certificate-request.pem"), KeyFault::CertificateRequest),
        (base64("public.pem"), KeyFault::PublicKey),
        (base64("public-pkcs1.pem"), KeyFault::PublicKey),
        (base64("openssh.pem"), KeyFault::OpenSsh),
        (BASE64_STANDARD.encode(sec1()), KeyFault::NoPemLines),
        (base64("dsa.pem"), other("DSA PRIVATE KEY")),
        (BASE64_STANDARD.encode(pkcs12()), other("PKCS#12")),
        (BASE64_STANDARD.encode(pkcs7()), other("PKCS#7")),
        (BASE64_STANDARD.encode(integer(7)), KeyFault::NotPem),
        ("ssh-rsa AAAAB3NzaC1yc2E= me".to_owned(), KeyFault::PublicKey),
        (r#"{"kty":"RSA","n":"0"}"#.to_owned(), other("a JSON Web Key")),
        ("<RSAKeyValue><Modulus>AA==".to_owned(), other("an RSA key as XML")),
        (base64("openssh-ed25519.pem"), KeyFault::OtherAlgorithm("Ed25519".into())),
        (file("openssh-ed25519.pem"), KeyFault::OtherAlgorithm("Ed25519".into())),
        (file("openssh-ecdsa-encrypted.pem"), KeyFault::EllipticCurve),
        (
            BASE64_STANDARD.encode(b"openssh-key-v1\0none\0ssh-dss\0"),
            KeyFault::OtherAlgorithm("DSA".into()),
        ),
        (
            "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nAA==".to_owned(),
            other("SSH2 ENCRYPTED PRIVATE KEY"),
        ),
        ("PuTTY-User-Key-File-3: ssh-rsa".to_owned(), other("a key of PuTTY")),
        (BASE64_STANDARD.encode([0xfe, 0xed, 0xfe, 0xed, 0, 0]), other("a Java keystore")),
    ] {
        let start: String = text.chars().take(20).collect();
        assert_eq!(fault(&text, None), expected, "{start:?}");
    }
}

#[test]
fn a_key_of_another_format_is_exported_by_the_program_that_it_comes_from() {
    for (text, command) in [
        ("PuTTY-User-Key-File-2: ssh-rsa", "puttygen key.ppk -O private-openssh -o key.pem"),
        ("/u3+7QAAAAI=", "keytool -importkeystore"),
        (&BASE64_STANDARD.encode(pkcs12()), "openssl pkcs12 -in key.p12"),
        (r#"{"kty":"RSA","n":"0"}"#, "with the program that it comes from"),
    ] {
        let found = fault(text, None);
        assert!(found.remedy().contains(command), "{found}: {}", found.remedy());
    }
}

/// A key for elliptic curves in its own form.
fn sec1() -> Vec<u8> {
    sequence(&[&integer(1), &octets(&[1; 32])])
}

/// The outermost parts of a PKCS#12 archive: a version, and what is in it.
fn pkcs12() -> Vec<u8> {
    sequence(&[&integer(3), &pkcs7()])
}

/// The outermost parts of PKCS#7 data.
fn pkcs7() -> Vec<u8> {
    let data = tlv(0x06, &[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]]);
    sequence(&[&data, &tlv(0xa0, &[&octets(&[1])])])
}

#[test]
fn what_stands_under_the_label_of_a_key_is_named() {
    for (der, expected) in [
        (sec1(), KeyFault::EllipticCurve),
        (der(&file("certificate.pem")), KeyFault::Certificate),
        (der(&file("certificate-request.pem")), KeyFault::CertificateRequest),
        (der(&file("public.pem")), KeyFault::PublicKey),
        (der(&file("public-pkcs1.pem")), KeyFault::PublicKey),
        (der(&file("dsa.pem")), KeyFault::OtherFormat("DSA PRIVATE KEY".into())),
        (pkcs12(), KeyFault::OtherFormat("PKCS#12".into())),
        (integer(7), KeyFault::Damaged),
    ] {
        assert_eq!(fault(&pem("PRIVATE KEY", &der), None), expected);
    }
}

#[test]
fn other_pems_are_named() {
    for (name, expected) in [
        ("certificate.pem", KeyFault::Certificate),
        ("certificate-request.pem", KeyFault::CertificateRequest),
        ("public.pem", KeyFault::PublicKey),
        ("public-pkcs1.pem", KeyFault::PublicKey),
        ("openssh.pem", KeyFault::OpenSsh),
        ("ec.pem", KeyFault::EllipticCurve),
        ("ec-pkcs8.pem", KeyFault::EllipticCurve),
        ("dsa.pem", KeyFault::OtherAlgorithm("DSA".into())),
        ("dsa-pkcs8.pem", KeyFault::OtherAlgorithm("DSA".into())),
        ("ed25519.pem", KeyFault::OtherAlgorithm("Ed25519".into())),
        ("x25519.pem", KeyFault::OtherAlgorithm("X25519".into())),
        ("rsa-pss.pem", KeyFault::RareRsa("a restriction to RSASSA-PSS signatures")),
    ] {
        assert_eq!(fault(&file(name), None), expected, "{name}");
    }
    assert_eq!(fault(&file("ec-encrypted.pem"), Some(PASSPHRASE)), KeyFault::EllipticCurve);
    let pgp = pem("PGP PRIVATE KEY BLOCK", b"...");
    assert_eq!(fault(&pgp, None), KeyFault::OtherFormat("PGP PRIVATE KEY BLOCK".into()));
    let unknown = tlv(0x06, &[&[0x2a, 0x03]]);
    let unknown = sequence(&[&integer(0), &sequence(&[&unknown]), &octets(&[1])]);
    let expected = KeyFault::OtherAlgorithm("OID 1.2.3".into());
    assert_eq!(fault(&pem("PRIVATE KEY", &unknown), None), expected);
}

#[test]
fn a_pem_that_is_not_whole_is_truncated() {
    let key = file("pkcs8.pem");
    let lines: Vec<&str> = key.lines().collect();
    let [first, body @ .., last] = lines.as_slice() else { panic!("three lines and more") };
    let body = body.join("\n");
    for text in [
        format!("{first}\n{body}"),
        format!("{body}\n{last}"),
        (*first).to_owned(),
        key.trim_end().trim_end_matches('-').to_owned(),
        key.trim_start_matches('-').to_owned(),
        key.replace("END PRIVATE", "END RSA PRIVATE"),
        body.chars().take(400).collect(),
        format!("{}{first}\n{body}", file("certificate.pem")),
    ] {
        assert_eq!(fault(&text, None), KeyFault::Truncated, "{text}");
    }
}

#[test]
fn damage_is_told_from_a_wrong_passphrase_where_it_can_be() {
    let key = file("pkcs8.pem");
    let dotted = key.replacen("MII", "M…I", 1);
    assert_eq!(fault(&dotted, None), KeyFault::DamagedBase64);
    let without_a_line = |name| {
        let text = file(name);
        let lines: Vec<&str> = text.lines().collect();
        [&lines[..9], &lines[10..]].concat().join("\n")
    };
    for name in ["pkcs1.pem", "pkcs8.pem", "encrypted-default.pem", "traditional-aes256.pem"] {
        assert_eq!(fault(&without_a_line(name), Some(PASSPHRASE)), KeyFault::Damaged, "{name}");
    }
    // What is no whole number of blocks was never encrypted.
    let key = file("traditional-aes256.pem");
    let (body, end) = key.split_once("\n-----END").unwrap();
    let (body, _) = body.split_at(body.len().checked_sub(4).unwrap());
    let shortened = format!("{body}\n-----END{end}");
    assert_eq!(fault(&shortened, Some(PASSPHRASE)), KeyFault::Damaged);
    for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"] {
        assert_eq!(fault(&pem(label, b""), None), KeyFault::Damaged);
        assert_eq!(fault(&pem(label, b"no DER"), None), KeyFault::Damaged);
    }
}

#[test]
fn numbers_that_do_not_fit_are_damage() {
    let key = der(&file("pkcs1.pem"));
    // A byte of each of the modulus, the private exponent and a prime.
    for at in [100, 400, 650] {
        let mut key = key.clone();
        key[at] ^= 4;
        assert_eq!(fault(&pem("RSA PRIVATE KEY", &key), None), KeyFault::Damaged, "byte {at}");
    }
}

#[test]
fn the_length_of_a_key_has_limits() {
    assert_eq!(fault(&file("rsa-1024.pem"), None), KeyFault::TooShort(1024));
    assert_eq!(fault(&file("rsa-2047.pem"), None), KeyFault::TooShort(2047));
    let number = |bytes| tlv(0x02, &[&vec![0x7f; bytes]]);
    let mut numbers = vec![integer(0), number(2049)];
    numbers.extend(std::iter::repeat_n(number(2049), 7));
    let parts: Vec<&[u8]> = numbers.iter().map(Vec::as_slice).collect();
    let long = pem("RSA PRIVATE KEY", &sequence(&parts));
    assert_eq!(fault(&long, None), KeyFault::TooLong(16_391));
}

#[test]
fn rare_rsa_keys_are_named() {
    let rare = |name| fault(&file(name), None);
    assert_eq!(rare("rsa-3-primes.pem"), KeyFault::RareRsa("more than two primes"));
    let exponent = KeyFault::RareRsa("a public exponent of more than 33 bits");
    assert_eq!(rare("rsa-large-exponent.pem"), exponent);
}

#[test]
fn a_text_larger_than_any_key_is_refused() {
    let text = format!("{}{}", file("pkcs1.pem"), " ".repeat(100_000));
    assert_eq!(fault(&text, None), KeyFault::TooLarge);
}

#[test]
fn an_encrypted_key_asks_for_its_passphrase() {
    for name in ["encrypted-default", "encrypted-scrypt", "traditional-des3"] {
        for passphrase in [None, Some("")] {
            let fault = fault(&file(&format!("{name}.pem")), passphrase);
            assert_eq!(fault, KeyFault::PassphraseMissing, "{name}");
        }
    }
}

/// One in 256 of them ends in a correct padding.
#[test]
fn a_wrong_passphrase_is_wrong_whatever_it_makes_of_the_key() {
    for name in ["traditional-aes128.pem", "traditional-des3.pem"] {
        for number in 0..1500 {
            let fault = fault(&file(name), Some(&format!("wrong {number}")));
            assert_eq!(fault, KeyFault::PassphraseWrong, "{number}");
        }
    }
    for passphrase in ["Correct-horse", " correct-horse", "correct-horse\n"] {
        let fault = fault(&file("encrypted-default.pem"), Some(passphrase));
        assert_eq!(fault, KeyFault::PassphraseWrong);
    }
}

#[test]
fn other_encryption_is_named_before_a_passphrase_is_asked_for() {
    for (name, expected) in [
        ("traditional-des", "DES-CBC"),
        ("traditional-camellia256", "CAMELLIA-256-CBC"),
        ("encrypted-camellia256", "CAMELLIA-256-CBC"),
        ("encrypted-rc2", "RC2-CBC"),
        ("encrypted-pbes1-md5-des", "pbeWithMD5AndDES-CBC"),
    ] {
        for passphrase in [None, Some(PASSPHRASE)] {
            let fault = fault(&file(&format!("{name}.pem")), passphrase);
            assert_eq!(fault, unsupported(expected), "{name}");
        }
    }
    let gcm = file("traditional-aes256.pem").replace("AES-256-CBC", "AES-256-GCM");
    assert_eq!(fault(&gcm, None), unsupported("AES-256-GCM"));
}

#[test]
fn encryption_as_pkcs12_has_it_is_bounded() {
    let outer = children(&der(&file("encrypted-pbes1-sha1-3des.pem")));
    let scheme = children(&outer[0]);
    let salt = &children(&scheme[1])[0];
    let with = |parameters: &[u8], passphrase| {
        let info = sequence(&[&sequence(&[&scheme[0], parameters]), &outer[1]]);
        fault(&pem("ENCRYPTED PRIVATE KEY", &info), passphrase)
    };
    let rounds = |count: &[u8]| sequence(&[salt, count]);
    let excessive = |fault| matches!(fault, KeyFault::ExcessiveCost(_));
    for passphrase in [None, Some(PASSPHRASE)] {
        assert!(excessive(with(&rounds(&integer(2_000_001)), passphrase)));
        assert!(excessive(with(&rounds(&tlv(0x02, &[&[0x7f; 9]])), passphrase)));
        assert_eq!(with(&rounds(&integer(0)), passphrase), KeyFault::Damaged);
        assert_eq!(with(&[5, 0], passphrase), KeyFault::Damaged);
    }
    assert_eq!(with(&rounds(&integer(1)), None), KeyFault::PassphraseMissing);
    // Made otherwise, the keys open nothing.
    for parameters in [rounds(&integer(1)), sequence(&[&octets(&[]), &integer(2048)])] {
        assert_eq!(with(&parameters, Some(PASSPHRASE)), KeyFault::PassphraseWrong);
    }
    let text = file("encrypted-pbes1-sha1-3des.pem");
    assert_eq!(fault(&text, Some("battery")), KeyFault::PassphraseWrong);
}

/// What is said of a key that is encrypted with AES and a passphrase's key that is derived so.
/// Whether that is accepted shows without a passphrase.
fn outcome(kdf: &[u8]) -> KeyFault {
    let pbes2 = tlv(0x06, &[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d]]);
    let aes = tlv(0x06, &[&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a]]);
    let cipher = sequence(&[&aes, &octets(&[0; 16])]);
    let algorithm = sequence(&[&pbes2, &sequence(&[kdf, &cipher])]);
    fault(&pem("ENCRYPTED PRIVATE KEY", &sequence(&[&algorithm, &octets(&[0; 16])])), None)
}

fn pbkdf2(salt: &[u8], iterations: u64) -> Vec<u8> {
    let oid = tlv(0x06, &[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c]]);
    sequence(&[&oid, &sequence(&[salt, &integer(iterations)])])
}

#[test]
fn a_salt_that_is_not_in_the_key_is_not_known() {
    let salt = sequence(&[&tlv(0x06, &[&[0x2a, 0x03]])]);
    assert_eq!(outcome(&pbkdf2(&salt, 1)), unsupported("PBKDF2 with a salt from elsewhere"));
}

#[test]
fn an_absurd_cost_is_refused_rather_than_paid() {
    let pbkdf2 = |iterations| pbkdf2(&octets(&[0; 8]), iterations);
    let scrypt = |n, r, p| {
        let oid = tlv(0x06, &[&[0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x04, 0x0b]]);
        let parameters = [octets(&[0; 8]), integer(n), integer(r), integer(p)];
        sequence(&[&oid, &tlv(0x30, &parameters.each_ref().map(Vec::as_slice))])
    };
    for usual in [
        pbkdf2(1),
        pbkdf2(2048),
        pbkdf2(1_300_000),
        pbkdf2(2_000_000),
        scrypt(1 << 14, 8, 1),
        scrypt(1 << 15, 8, 3),
        scrypt(1 << 17, 8, 1),
        scrypt(1 << 10, 8, 16),
    ] {
        assert_eq!(outcome(&usual), KeyFault::PassphraseMissing);
    }
    for absurd in [
        pbkdf2(2_000_001),
        pbkdf2(u32::MAX.into()),
        pbkdf2(1 << 32 | 1),
        pbkdf2(u64::MAX >> 1),
        scrypt(1 << 18, 8, 1),
        scrypt(1 << 14, 1 << 10, 1),
        scrypt(1 << 17, 8, 100),
        scrypt(2, 1 << 21, 1),
        scrypt(2, 1, u32::MAX.into()),
        scrypt(1 << 31, 1 << 31, 1 << 31),
        scrypt(1 << 63, 8, 1),
    ] {
        let fault = outcome(&absurd);
        assert!(matches!(fault, KeyFault::ExcessiveCost(_)), "{fault:?}");
    }
    for nonsense in
        [pbkdf2(0), scrypt(0, 8, 1), scrypt(1, 8, 1), scrypt(1000, 8, 1), scrypt(16, 0, 1)]
    {
        assert_eq!(outcome(&nonsense), KeyFault::Damaged);
    }
    let real = file("encrypted-20000000-iterations.pem");
    assert!(matches!(fault(&real, Some(PASSPHRASE)), KeyFault::ExcessiveCost(_)));
}
