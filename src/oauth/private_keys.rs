//! Private keys that have been read, kept for the next assertion: opening an encrypted one can take
//! longer than signing with it.

use std::cell::RefCell;
use std::rc::Rc;

use sha2::{Digest, Sha256};

use super::private_key::{KeyFault, PrivateKey};
use crate::host::Milliseconds;
use crate::secret::Secret;

/// How many keys are kept. Those that have not been used for longest make room.
const MOST: usize = 16;

/// How long a key is kept that nobody uses. Few tokens live longer; where they do, reading the key
/// again is rare.
const IDLE: Milliseconds = 2 * 3_600_000;

/// Keys by what they were read of. One that is dropped is wiped.
#[derive(Debug, Default)]
pub struct PrivateKeys(RefCell<Vec<Kept>>);

#[derive(Debug)]
struct Kept {
    /// A digest of the text and the passphrase: with others it is another key.
    digest: [u8; 32],
    key: Rc<PrivateKey>,
    /// Who has used it last, where the host has given it an ID.
    connector_id: Option<String>,
    used_at: Milliseconds,
}

impl PrivateKeys {
    /// The key of a text and its passphrase, read unless it is kept already.
    ///
    /// # Errors
    /// Those of [`PrivateKey::parse`], each time anew.
    pub fn read(
        &self,
        pem: &Secret,
        passphrase: Option<&Secret>,
        connector_id: Option<&str>,
        now: Milliseconds,
    ) -> Result<Rc<PrivateKey>, KeyFault> {
        let digest = digest(pem, passphrase);
        let mut keys = self.0.borrow_mut();
        keys.retain(|kept| kept.used_at > now.saturating_sub(IDLE));
        let found = keys.iter().position(|kept| kept.digest == digest);
        let key = match found {
            Some(place) => keys.remove(place).key,
            None => Rc::new(PrivateKey::parse(pem, passphrase)?),
        };
        // In the order of their last use.
        let surplus = keys.len().saturating_add(1).saturating_sub(MOST);
        keys.drain(..surplus);
        let connector_id = connector_id.map(str::to_owned);
        keys.push(Kept { digest, key: Rc::clone(&key), connector_id, used_at: now });
        Ok(key)
    }

    /// Wipes a key, unless an action is just signing with it: then it is wiped after that.
    pub fn forget(&self, pem: &Secret, passphrase: Option<&Secret>) {
        let digest = digest(pem, passphrase);
        self.0.borrow_mut().retain(|kept| kept.digest != digest);
    }

    /// Wipes the key of a connector.
    pub fn forget_connector(&self, id: &str) {
        self.0.borrow_mut().retain(|kept| kept.connector_id.as_deref() != Some(id));
    }
}

fn digest(pem: &Secret, passphrase: Option<&Secret>) -> [u8; 32] {
    let passphrase = passphrase.map(Secret::expose).unwrap_or_default();
    let parts = [pem.expose(), passphrase].map(Sha256::digest);
    Sha256::digest(parts.concat()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = include_str!("../../tests/keys/pkcs1.pem");

    /// The same key, and another text each.
    fn text(number: usize) -> Secret {
        Secret::from(format!("{number}\n{PLAIN}"))
    }

    fn read(keys: &PrivateKeys, number: usize, now: Milliseconds) -> Rc<PrivateKey> {
        let id = number.to_string();
        keys.read(&text(number), None, Some(&id), now).unwrap()
    }

    #[test]
    fn a_key_is_read_once() {
        let keys = PrivateKeys::default();
        let first = read(&keys, 1, 0);
        assert!(Rc::ptr_eq(&first, &read(&keys, 1, IDLE - 1)));
        assert!(Rc::ptr_eq(&first, &read(&keys, 1, 2 * (IDLE - 1))), "it is in use");
        assert!(!Rc::ptr_eq(&first, &read(&keys, 2, 2 * (IDLE - 1))), "another text");
    }

    #[test]
    fn with_another_passphrase_it_is_read_again() {
        let keys = PrivateKeys::default();
        let encrypted =
            Secret::from(include_str!("../../tests/keys/encrypted-aes128.pem").to_owned());
        let passphrase = Secret::from("correct-horse".to_owned());
        let first = keys.read(&encrypted, Some(&passphrase), None, 0).unwrap();
        assert!(Rc::ptr_eq(&first, &keys.read(&encrypted, Some(&passphrase), None, 0).unwrap()));
        let wrong = Secret::from("wrong".to_owned());
        let fault = |passphrase| keys.read(&encrypted, passphrase, None, 0).err();
        assert_eq!(fault(Some(&wrong)), Some(KeyFault::PassphraseWrong));
        assert_eq!(fault(None), Some(KeyFault::PassphraseMissing));
    }

    #[test]
    fn those_used_last_are_kept() {
        let keys = PrivateKeys::default();
        let first = read(&keys, 0, 0);
        for number in 1..MOST {
            read(&keys, number, 0);
        }
        assert!(Rc::ptr_eq(&first, &read(&keys, 0, 0)), "there is room for it");
        let second = Rc::downgrade(&read(&keys, 1, 0));
        for number in 0..MOST {
            read(&keys, MOST + number, 0);
        }
        assert_eq!(keys.0.borrow().len(), MOST);
        assert!(second.upgrade().is_none(), "it is dropped, not only forgotten");
    }

    #[test]
    fn a_key_that_is_to_be_forgotten_is_dropped() {
        let keys = PrivateKeys::default();
        let forgotten = Rc::downgrade(&read(&keys, 1, 0));
        let other = read(&keys, 2, 0);
        keys.forget(&text(1), None);
        assert!(forgotten.upgrade().is_none());
        assert!(Rc::ptr_eq(&other, &read(&keys, 2, 0)));
    }

    #[test]
    fn a_connector_that_is_no_more_takes_its_key_with_it() {
        let keys = PrivateKeys::default();
        let key = Rc::downgrade(&read(&keys, 1, 0));
        keys.forget_connector("2");
        assert!(key.upgrade().is_some());
        keys.forget_connector("1");
        assert!(key.upgrade().is_none());
    }

    #[test]
    fn what_nobody_uses_is_dropped() {
        let keys = PrivateKeys::default();
        let idle = Rc::downgrade(&read(&keys, 1, 0));
        read(&keys, 2, IDLE);
        assert!(idle.upgrade().is_none());
    }
}
