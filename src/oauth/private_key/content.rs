//! What a DER is, told by the form of its outermost parts. Whether the parts are sound is for their
//! readers to say.

use pkcs8::der::asn1::AnyRef;
use pkcs8::der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};

use super::fault::PKCS12;

/// What a DER holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// An RSA private key.
    Pkcs1,
    /// A private key of any algorithm.
    Pkcs8,
    /// An encrypted private key of any algorithm.
    EncryptedPkcs8,
    /// A private key for elliptic curves.
    Sec1,
    /// A public key, bare or with its algorithm.
    PublicKey,
    /// A certificate.
    Certificate,
    /// A certificate request.
    CertificateRequest,
    /// Something else that is known, by its name.
    Other(&'static str),
}

impl Content {
    /// Nothing where it is no DER from its first to its last byte, or no known one.
    pub fn of(der: &[u8]) -> Option<Self> {
        use Tag::{BitString, Integer, ObjectIdentifier, OctetString, Sequence};
        let outer = parts(AnyRef::from_der(der).ok()?)?;
        let tags: Vec<Tag> = outer.iter().map(Tagged::tag).collect();
        match *tags.as_slice() {
            [Integer, Integer] | [Sequence, BitString] => Some(Self::PublicKey),
            [Integer, Integer, Integer, Integer, Integer, Integer] => {
                Some(Self::Other("DSA PRIVATE KEY"))
            }
            [Integer, Integer, ..] => Some(Self::Pkcs1),
            [Integer, Sequence, OctetString, ..] => Some(Self::Pkcs8),
            [Integer, OctetString, ..] => Some(Self::Sec1),
            [Sequence, OctetString] => Some(Self::EncryptedPkcs8),
            [Sequence, Sequence, BitString] => signed(*outer.first()?),
            [Integer, Sequence] | [Integer, Sequence, Sequence] => Some(Self::Other(PKCS12)),
            [ObjectIdentifier, _] => Some(Self::Other("PKCS#7")),
            _ => None,
        }
    }
}

/// Whether bytes begin as a private key in PKCS#1 or PKCS#8 of usual size does. What follows may be
/// damaged.
pub fn begins_as_key(bytes: &[u8]) -> bool {
    matches!(bytes, [0x30, 0x82, _, _, 0x02, 0x01, 0x00, ..])
}

/// A certificate and a request for one differ in what was signed.
fn signed(part: AnyRef<'_>) -> Option<Content> {
    let tags: Vec<Tag> = parts(part)?.iter().map(Tagged::tag).collect();
    let attributes = Tag::ContextSpecific { constructed: true, number: TagNumber(0) };
    match *tags.as_slice() {
        [Tag::Integer, Tag::Sequence, Tag::Sequence, last] if last == attributes => {
            Some(Content::CertificateRequest)
        }
        _ => Some(Content::Certificate),
    }
}

fn parts(any: AnyRef<'_>) -> Option<Vec<AnyRef<'_>>> {
    if any.tag() != Tag::Sequence {
        return None;
    }
    let mut reader = SliceReader::new(any.value()).ok()?;
    let mut parts = Vec::new();
    while !reader.is_finished() {
        parts.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(parts)
}
