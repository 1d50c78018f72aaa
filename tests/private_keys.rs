//! The forms in which a private key is taken.

#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
mod support;

use support::keys::{
    PASSPHRASE, assert_is_the_key, children, der, file, integer, octets, parse, pem, sequence, tlv,
};

#[test]
fn plain_keys_are_taken_as_pkcs1_and_as_pkcs8() {
    for name in ["pkcs1.pem", "pkcs8.pem"] {
        assert_is_the_key(&file(name), None);
    }
}

#[test]
fn encrypted_pkcs8_opens_with_every_hash_and_cipher() {
    for name in [
        "default",
        "aes256-hmacWithSHA1",
        "aes256-hmacWithSHA224",
        "aes256-hmacWithSHA256",
        "aes256-hmacWithSHA384",
        "aes256-hmacWithSHA512",
        "aes128",
        "aes192",
        "des3",
        "100000-iterations",
        "scrypt",
        "aes128-scrypt-1024-8-16",
        "pbes1-sha1-3des",
        "pbes1-sha1-2des",
    ] {
        assert_is_the_key(&file(&format!("encrypted-{name}.pem")), Some(PASSPHRASE));
    }
}

#[test]
fn traditionally_encrypted_pem_opens_with_every_cipher() {
    for cipher in ["aes128", "aes192", "aes256", "des3"] {
        assert_is_the_key(&file(&format!("traditional-{cipher}.pem")), Some(PASSPHRASE));
    }
}

#[test]
fn a_passphrase_is_utf_8() {
    for name in ["encrypted-utf8-passphrase.pem", "encrypted-pbes1-utf8-passphrase.pem"] {
        assert_is_the_key(&file(name), Some("pässwörd ✓"));
    }
}

#[test]
fn a_passphrase_for_a_key_that_is_not_encrypted_is_ignored() {
    assert_is_the_key(&file("pkcs1.pem"), Some("whatever"));
    assert_is_the_key(&file("pkcs8.pem"), Some(""));
}

#[test]
fn pbkdf2_may_name_the_length_of_the_key_and_its_hash_without_parameters() {
    let outer = children(&der(&file("encrypted-aes256-hmacWithSHA1.pem")));
    let pbes2 = children(&outer[0]);
    let parameters = children(&pbes2[1]);
    let kdf = children(&parameters[0]);
    let pbkdf2 = children(&kdf[1]);
    let sha1 = tlv(0x06, &[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x07]]);
    let with = |more: &[&[u8]]| {
        let pbkdf2 = sequence(&[&[&*pbkdf2[0], &*pbkdf2[1]], more].concat());
        let parameters = sequence(&[&sequence(&[&kdf[0], &pbkdf2]), &parameters[1]]);
        let info = sequence(&[&sequence(&[&pbes2[0], &parameters]), &outer[1]]);
        pem("ENCRYPTED PRIVATE KEY", &info)
    };
    assert_is_the_key(&with(&[]), Some(PASSPHRASE));
    assert_is_the_key(&with(&[&integer(32)]), Some(PASSPHRASE));
    assert_is_the_key(&with(&[&sequence(&[&sha1])]), Some(PASSPHRASE));
    assert_is_the_key(&with(&[&integer(32), &sequence(&[&sha1, &[5, 0]])]), Some(PASSPHRASE));
    assert!(parse(&with(&[&integer(16)]), Some(PASSPHRASE)).is_err());
}

#[test]
fn pkcs8_may_lack_the_parameters_of_its_algorithm_and_have_attributes() {
    let rsa = tlv(0x06, &[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]]);
    let key = octets(&der(&file("pkcs1.pem")));
    let bare = sequence(&[&integer(0), &sequence(&[&rsa]), &key]);
    assert_is_the_key(&pem("PRIVATE KEY", &bare), None);
    let attributes = tlv(0xa0, &[]);
    let more = sequence(&[&integer(0), &sequence(&[&rsa, &[5, 0]]), &key, &attributes]);
    assert_is_the_key(&pem("PRIVATE KEY", &more), None);
}

type Deformation = fn(&str) -> String;

/// What a text goes through does no harm, whether the key is plain or encrypted.
#[test]
fn line_breaks_and_blanks_do_no_harm() {
    let deformations: [(&str, Deformation); 16] = [
        ("CRLF", |text| text.replace('\n', "\r\n")),
        ("CR", |text| text.replace('\n', "\r")),
        ("blanks around", |text| format!(" \t\n\n{text}\n \n")),
        ("blank lines", |text| text.replace('\n', "\n\n")),
        ("indentation", |text| text.replace('\n', "\n    ")),
        ("trailing blanks", |text| text.replace('\n', "  \n")),
        ("written line breaks", |text| text.replace('\n', r"\n")),
        ("written CRLF", |text| text.replace('\n', r"\r\n")),
        ("line breaks written twice", |text| text.replace('\n', r"\\n")),
        ("written and real line breaks", |text| text.replace('\n', "\\n\n")),
        ("a JSON string", |text| format!("\"{}\"", text.replace('\n', r"\n"))),
        ("no line breaks", |text| text.replace('\n', "")),
        ("blanks for line breaks", |text| text.replace('\n', " ")),
        ("no last line break", |text| text.trim_end().to_owned()),
        ("a byte order mark", |text| format!("\u{feff}{text}")),
        ("blanks that do not break", |text| text.replace('\n', "\u{a0}\n\u{200b}")),
    ];
    for name in ["pkcs1.pem", "pkcs8.pem", "encrypted-default.pem", "traditional-aes256.pem"] {
        for (deformation, deform) in deformations {
            let text = deform(&file(name));
            assert!(parse(&text, Some(PASSPHRASE)).is_ok(), "{name}: {deformation}");
        }
    }
}

#[test]
fn the_key_is_found_among_other_things() {
    assert_is_the_key(&file("pkcs12-bag.pem"), None);
    assert_is_the_key(&file("pkcs12-bag-encrypted.pem"), Some(PASSPHRASE));
    let (key, certificate) = (file("pkcs1.pem"), file("certificate.pem"));
    assert_is_the_key(&format!("{certificate}{key}"), None);
    assert_is_the_key(&format!("{key}{certificate}"), None);
    assert_is_the_key(&format!("the key, ä:\n{key}\nthat was it"), None);
    // What is broken besides is not the key.
    let half = certificate.split_at(certificate.len() / 2).0;
    assert_is_the_key(&format!("{half}\n{key}"), None);
}

#[test]
fn a_key_under_the_label_of_the_other_form_is_taken() {
    assert_is_the_key(&pem("PRIVATE KEY", &der(&file("pkcs1.pem"))), None);
    assert_is_the_key(&pem("RSA PRIVATE KEY", &der(&file("pkcs8.pem"))), None);
    let encrypted = pem("PRIVATE KEY", &der(&file("encrypted-default.pem")));
    assert_is_the_key(&encrypted, Some(PASSPHRASE));
}

#[test]
fn a_key_prints_nothing_of_itself() {
    assert_eq!(format!("{:?}", parse(&file("pkcs1.pem"), None).unwrap()), "PrivateKey");
}
