//! Reading an object member by member, until nothing unknown is left in it.

use zeroize::Zeroize;

use super::{Invalid, Path, Problem, Value};

/// An object being read. Each member is taken out as the type it must have; what cannot be taken
/// is noted, and a stand-in goes on, so that one pass finds everything that is wrong.
pub struct ObjectReader<'a> {
    members: Vec<(String, Value)>,
    path: Path,
    invalid: &'a mut Invalid,
}

impl<'a> ObjectReader<'a> {
    /// Starts to read `value`, or notes that it is no object.
    pub fn new(value: Value, path: Path, invalid: &'a mut Invalid) -> Option<Self> {
        match value {
            Value::Object(members) => Some(Self { members, path, invalid }),
            other => {
                invalid.add_type(path, "object", &other);
                None
            }
        }
    }

    /// Takes a member out, whatever it is.
    pub fn take(&mut self, key: &str) -> Value {
        match self.members.iter().position(|(name, _)| name == key) {
            Some(place) => self.members.remove(place).1,
            None => Value::Undefined,
        }
    }

    /// Where a member is, for what its own reader notes.
    #[must_use]
    pub fn path_of(&self, key: &str) -> Path {
        self.path.key(key)
    }

    /// Where the reader of a member notes what is wrong.
    pub fn invalid(&mut self) -> &mut Invalid {
        self.invalid
    }

    /// A text that must be there.
    pub fn string(&mut self, key: &str) -> String {
        match self.take(key) {
            Value::String(text) => text,
            other => {
                self.mistyped(key, "string", &other);
                String::new()
            }
        }
    }

    /// A text, or `null`, which is what an absent one becomes.
    pub fn nullable_string(&mut self, key: &str) -> Option<String> {
        match self.take(key) {
            Value::String(text) => Some(text),
            Value::Undefined | Value::Null => None,
            other => {
                self.mistyped(key, "string", &other);
                None
            }
        }
    }

    /// `true` or `false`, with the value of an absent one.
    pub fn boolean_or(&mut self, key: &str, absent: bool) -> bool {
        match self.take(key) {
            Value::Bool(value) => value,
            Value::Undefined => absent,
            other => {
                self.mistyped(key, "boolean", &other);
                absent
            }
        }
    }

    /// A list of texts.
    pub fn strings(&mut self, key: &str) -> Vec<String> {
        let path = self.path_of(key);
        match self.take(key) {
            Value::Array(items) => items
                .into_iter()
                .enumerate()
                .filter_map(|(place, item)| match item {
                    Value::String(text) => Some(text),
                    other => {
                        self.invalid.add_type(path.index(place), "string", &other);
                        None
                    }
                })
                .collect(),
            other => {
                self.mistyped(key, "array", &other);
                Vec::new()
            }
        }
    }

    /// Takes all that is left out, unread.
    pub fn take_all(&mut self) {
        self.members.clear();
    }

    /// Another object inside this one.
    pub fn object(&mut self, key: &str) -> Option<ObjectReader<'_>> {
        let value = self.take(key);
        ObjectReader::new(value, self.path_of(key), self.invalid)
    }

    /// Notes that a member has another type than it should have.
    pub fn mistyped(&mut self, key: &str, expected: &'static str, received: &Value) {
        let path = self.path_of(key);
        self.invalid.add_type(path, expected, received);
    }

    /// Ends the reading: whatever is left is unknown.
    pub fn finish(self) {
        if !self.members.is_empty() {
            let keys = self.members.iter().map(|(key, _)| key.clone()).collect();
            self.invalid.add(self.path.clone(), Problem::UnrecognizedKeys(keys));
        }
    }
}

/// A secret under a misspelt key is a secret still.
impl Drop for ObjectReader<'_> {
    fn drop(&mut self) {
        self.members.iter_mut().for_each(|(_, value)| value.zeroize());
    }
}
