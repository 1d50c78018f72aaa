//! Each way a private key can be wrong: its code, its text, and what a person can do about it.

use std::borrow::Cow;
use std::fmt::{Display, Formatter, Result};

use super::rsa_key::{LONGEST, SHORTEST};

/// What a key is called that was made by `PuTTYgen`.
pub(super) const PUTTY: &str = "a key of PuTTY";

/// ... and others that there is a way from.
pub(super) const KEYSTORE: &str = "a Java keystore";
pub(super) const PKCS12: &str = "PKCS#12";

/// Why a private key cannot be used. Nothing secret is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// There is no text.
    Empty,
    /// More text than any key has.
    TooLarge,
    /// No PEM, and nothing else that would be known.
    NotPem,
    /// A PEM that was encoded as base64 once more, as Kubernetes secrets are.
    Base64OfPem,
    /// The key's DER, as bytes or as base64, without the BEGIN and END lines.
    NoPemLines,
    /// The BEGIN line or the END line is missing.
    Truncated,
    /// What stands between the BEGIN and END lines is not base64.
    DamagedBase64,
    /// A certificate.
    Certificate,
    /// A certificate request.
    CertificateRequest,
    /// A public key.
    PublicKey,
    /// A private key in OpenSSH's own format.
    OpenSsh,
    /// A key in a format that is none of PKCS#1 and PKCS#8, by its name.
    OtherFormat(Cow<'static, str>),
    /// A private key for elliptic curves.
    EllipticCurve,
    /// A private key of another algorithm, by its name.
    OtherAlgorithm(Cow<'static, str>),
    /// An RSA key of a rare kind, by what is rare about it.
    RareRsa(&'static str),
    /// An RSA key too short to be accepted, by its bits.
    TooShort(u32),
    /// An RSA key too long to be computed with, by its bits.
    TooLong(u32),
    /// It does not decode, or its numbers do not fit together.
    Damaged,
    /// The key is encrypted, and there is no passphrase.
    PassphraseMissing,
    /// The passphrase does not open the key.
    PassphraseWrong,
    /// The key is encrypted in a way that is not supported, by its name.
    UnsupportedEncryption(Cow<'static, str>),
    /// Deriving the key from the passphrase would take too long or too much memory.
    ExcessiveCost(&'static str),
}

impl KeyFault {
    /// One of each, for the documentation.
    #[must_use]
    pub fn examples() -> Vec<Self> {
        vec![
            Self::Empty,
            Self::TooLarge,
            Self::NotPem,
            Self::Base64OfPem,
            Self::NoPemLines,
            Self::Truncated,
            Self::DamagedBase64,
            Self::Certificate,
            Self::CertificateRequest,
            Self::PublicKey,
            Self::OpenSsh,
            Self::OtherFormat(PKCS12.into()),
            Self::EllipticCurve,
            Self::OtherAlgorithm("Ed25519".into()),
            Self::RareRsa("more than two primes"),
            Self::TooShort(1024),
            Self::TooLong(32_768),
            Self::Damaged,
            Self::PassphraseMissing,
            Self::PassphraseWrong,
            Self::UnsupportedEncryption("RC2-CBC".into()),
            Self::ExcessiveCost("PBKDF2 with more than 2,000,000 iterations"),
        ]
    }

    /// The stable name, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "private_key_empty",
            Self::TooLarge => "private_key_too_large",
            Self::NotPem => "private_key_not_pem",
            Self::Base64OfPem => "private_key_base64_of_pem",
            Self::NoPemLines => "private_key_no_pem_lines",
            Self::Truncated => "private_key_truncated",
            Self::DamagedBase64 => "private_key_damaged_base64",
            Self::Certificate => "private_key_is_certificate",
            Self::CertificateRequest => "private_key_is_certificate_request",
            Self::PublicKey => "private_key_is_public_key",
            Self::OpenSsh => "private_key_openssh_format",
            Self::OtherFormat(_) => "private_key_other_format",
            Self::EllipticCurve => "private_key_elliptic_curve",
            Self::OtherAlgorithm(_) => "private_key_other_algorithm",
            Self::RareRsa(_) => "private_key_rare_rsa",
            Self::TooShort(_) => "private_key_too_short",
            Self::TooLong(_) => "private_key_too_long",
            Self::Damaged => "private_key_damaged",
            Self::PassphraseMissing => "private_key_passphrase_missing",
            Self::PassphraseWrong => "private_key_passphrase_wrong",
            Self::UnsupportedEncryption(_) => "private_key_unsupported_encryption",
            Self::ExcessiveCost(_) => "private_key_excessive_cost",
        }
    }

    /// What a person can do about it, in a sentence.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Empty => {
                "Enter the RSA private key that belongs to the certificate in ServiceNow, as PEM."
            }
            Self::TooLarge => {
                "Enter the private key alone, from the line that begins with -----BEGIN to the line \
                 that begins with -----END."
            }
            Self::NotPem => {
                "Enter the whole file, from the line -----BEGIN PRIVATE KEY----- to the line \
                 -----END PRIVATE KEY-----."
            }
            Self::Base64OfPem => "Decode it first: base64 -d < key.b64 > key.pem",
            Self::NoPemLines => {
                "Convert the file to PEM: openssl pkey -inform DER -in key.der -out key.pem (where it \
                 is base64, first base64 -d < key.b64 > key.der)."
            }
            Self::Truncated => {
                "Enter the whole file, with the line that begins with -----BEGIN and the line that \
                 begins with -----END."
            }
            Self::DamagedBase64 => "Copy the file again, as it is.",
            Self::Certificate => {
                "The certificate belongs into ServiceNow; enter here the private key that was made \
                 with it."
            }
            Self::CertificateRequest => {
                "Enter the private key that the certificate request was made with."
            }
            Self::PublicKey => "Enter the private key that the public key was taken from.",
            Self::OpenSsh => {
                "Convert a copy of the file in place: ssh-keygen -p -m PEM -N '' -f key.pem (add \
                 -P with the passphrase if it has one)."
            }
            Self::OtherFormat(name) if name == PUTTY => {
                "Export it from PuTTYgen (Conversions, Export OpenSSH key), or: puttygen key.ppk -O \
                 private-openssh -o key.pem"
            }
            Self::OtherFormat(name) if name == KEYSTORE => {
                "Export the key as PEM: keytool -importkeystore -srckeystore key.jks -destkeystore \
                 key.p12 -deststoretype PKCS12, and then openssl pkcs12 -in key.p12 -nocerts -out \
                 key.pem"
            }
            Self::OtherFormat(name) if name == PKCS12 => {
                "Export the key as PEM: openssl pkcs12 -in key.p12 -nocerts -out key.pem (add -legacy \
                 if the file is an old one)."
            }
            Self::OtherFormat(_) => {
                "Export the key as PEM in PKCS#8 format with the program that it comes from."
            }
            Self::EllipticCurve | Self::OtherAlgorithm(_) | Self::RareRsa(_) | Self::TooLong(_) => {
                "Make an RSA key, and give its certificate to ServiceNow: openssl req -x509 \
                 -newkey rsa:3072 -days 730 -subj /CN=kibana -keyout key.pem -out certificate.pem"
            }
            Self::TooShort(_) => {
                "Make a key of at least 2048 bits, and give its certificate to ServiceNow: openssl \
                 req -x509 -newkey rsa:3072 -days 730 -subj /CN=kibana -keyout key.pem -out \
                 certificate.pem"
            }
            Self::Damaged => {
                "Copy the file again; if openssl rsa -in key.pem -check -noout complains too, \
                 restore the key from a backup or make a new one."
            }
            Self::PassphraseMissing => {
                "Enter the passphrase of the private key, or the key without encryption: openssl pkey \
                 -in key.pem -out open.pem"
            }
            Self::PassphraseWrong => {
                "Enter the passphrase that opens the key: openssl pkey -in key.pem -noout asks for \
                 the same."
            }
            Self::UnsupportedEncryption(_) => {
                "Encrypt the key with AES instead: openssl pkey -provider legacy -provider default \
                 -in key.pem -aes256 -out key-aes.pem (before OpenSSL 3, without the -provider \
                 options)."
            }
            Self::ExcessiveCost(_) => {
                "Encrypt the key again with a usual cost: openssl pkcs8 -topk8 -v2 aes-256-cbc \
                 -iter 100000 -in key.pem -out key-new.pem"
            }
        }
    }
}

impl Display for KeyFault {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        let text = match self {
            Self::Empty => "The private key is empty.",
            Self::TooLarge => "The text is too large to be a private key.",
            Self::NotPem => "The private key is not a PEM.",
            Self::Base64OfPem => "The private key is a PEM that was encoded as base64 once more.",
            Self::NoPemLines => {
                "The private key is DER, not PEM: its BEGIN and END lines are missing."
            }
            Self::Truncated => {
                "The private key is not a whole PEM: its BEGIN or END line is missing."
            }
            Self::DamagedBase64 => {
                "The private key is damaged: what stands between its BEGIN and END lines is not \
                 base64."
            }
            Self::Certificate => "This is a certificate, not a private key.",
            Self::CertificateRequest => "This is a certificate request, not a private key.",
            Self::PublicKey => "This is a public key, not a private key.",
            Self::OpenSsh => "The private key is in OpenSSH's own format, not in PKCS#1 or PKCS#8.",
            Self::OtherFormat(name) => {
                return write!(
                    formatter,
                    "This is no private key in PKCS#1 or PKCS#8, but: {name}."
                );
            }
            Self::EllipticCurve => "The private key is an EC key, not an RSA key.",
            Self::OtherAlgorithm(name) => {
                return write!(formatter, "The private key is not an RSA key, but: {name}.");
            }
            Self::RareRsa(what) => {
                return write!(formatter, "The RSA private key is not supported: it has {what}.");
            }
            Self::TooShort(bits) => {
                return write!(
                    formatter,
                    "The RSA private key is too short: it has {bits} bits, and at least {SHORTEST} \
                     are needed."
                );
            }
            Self::TooLong(bits) => {
                return write!(
                    formatter,
                    "The RSA private key is too long: it has {bits} bits, and at most {LONGEST} \
                     are supported."
                );
            }
            Self::Damaged => "The private key is damaged.",
            Self::PassphraseMissing => {
                "The private key is encrypted, and its passphrase is missing."
            }
            Self::PassphraseWrong => "The passphrase does not open the private key.",
            Self::UnsupportedEncryption(name) => {
                return write!(
                    formatter,
                    "The private key is encrypted in a way that is not supported: {name}."
                );
            }
            Self::ExcessiveCost(what) => {
                return write!(
                    formatter,
                    "The private key is encrypted at a cost that is refused: {what}."
                );
            }
        };
        formatter.write_str(text)
    }
}

impl std::error::Error for KeyFault {}
