//! Reading an object member by member, until nothing unknown is left in it.

use zeroize::Zeroize;

use super::dialect::json;
use super::{Dialect, Expected, Invalid, Path, Problem, Value};

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
        match invalid.dialect().object(value, &path) {
            Ok(Value::Object(members)) => return Some(Self { members, path, invalid }),
            Ok(other) => invalid.add_type(path, Expected::Object, &other),
            Err(problem) => invalid.add(path, problem),
        }
        None
    }

    /// What the value is checked like.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.invalid.dialect()
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
                self.mistyped(key, Expected::String, &other);
                String::new()
            }
        }
    }

    /// A text, or `null`, which is what an absent one becomes.
    pub fn nullable_string(&mut self, key: &str) -> Option<String> {
        let value = self.take(key);
        self.string_or_null(key, value)
    }

    /// The same of a member that has been taken out.
    pub fn string_or_null(&mut self, key: &str, value: Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text),
            Value::Undefined | Value::Null => None,
            other => {
                let path = self.path_of(key).or_null();
                self.invalid.add_type(path, Expected::String, &other);
                None
            }
        }
    }

    /// `true` or `false`, with the value of an absent one.
    pub fn boolean_or(&mut self, key: &str, absent: bool) -> bool {
        let dialect = self.dialect();
        match dialect.boolean(self.take(key)) {
            Value::Bool(value) => value,
            Value::Undefined => absent,
            other => {
                self.mistyped(key, Expected::Boolean, &other);
                absent
            }
        }
    }

    /// A list of texts.
    pub fn strings(&mut self, key: &str) -> Vec<String> {
        let path = self.path_of(key);
        let value = self.take(key);
        let items = self.array(value, &path).unwrap_or_default();
        items
            .into_iter()
            .enumerate()
            .filter_map(|(place, item)| match item {
                Value::String(text) => Some(text),
                other => {
                    self.invalid.add_type(path.index(place), Expected::String, &other);
                    None
                }
            })
            .collect()
    }

    /// A list, or `null`, which is what an absent one becomes.
    pub fn nullable_array(&mut self, key: &str) -> Option<Vec<Value>> {
        let value = self.take(key);
        if value.is_nullish() {
            return None;
        }
        self.array(value, &self.path_of(key).or_null())
    }

    fn array(&mut self, value: Value, path: &Path) -> Option<Vec<Value>> {
        match self.dialect().array(value) {
            Ok(Value::Array(items)) => return Some(items),
            Ok(other) => self.invalid.add_type(path.clone(), Expected::Array, &other),
            Err(problem) => self.invalid.add(path.clone(), problem),
        }
        None
    }

    /// An object whose members may have any name.
    pub fn record(&mut self, key: &str) -> Option<Vec<(String, Value)>> {
        match self.take(key) {
            Value::Object(members) => Some(members),
            other => {
                self.mistyped(key, Expected::Record, &other);
                None
            }
        }
    }

    /// An object whose members may have any name, its JSON text, or `null`, which is what an absent
    /// one becomes.
    pub fn nullable_record(&mut self, key: &str) -> Option<Vec<(String, Value)>> {
        let path = self.path_of(key).or_null();
        let value = match self.take(key) {
            Value::String(text) => json(&text, Expected::Record),
            value => Ok(value),
        };
        match value {
            Ok(Value::Object(members)) => return Some(members),
            Ok(Value::Undefined | Value::Null) => {}
            Ok(other) => self.invalid.add_type(path, Expected::Record, &other),
            Err(problem) => self.invalid.add(path, problem),
        }
        None
    }

    /// Another object inside this one.
    pub fn object(&mut self, key: &str) -> Option<ObjectReader<'_>> {
        let value = self.take(key);
        ObjectReader::new(value, self.path_of(key), self.invalid)
    }

    /// Ends the reading: whatever is left is unknown.
    pub fn finish(self) {
        if !self.members.is_empty() {
            let keys = self.members.iter().map(|(key, _)| key.clone()).collect();
            self.invalid.add(self.path.clone(), Problem::UnrecognizedKeys(keys));
        }
    }

    fn mistyped(&mut self, key: &str, expected: Expected, received: &Value) {
        let path = self.path_of(key);
        self.invalid.add_type(path, expected, received);
    }
}

/// A secret under a misspelt key is a secret still.
impl Drop for ObjectReader<'_> {
    fn drop(&mut self) {
        self.members.iter_mut().for_each(|(_, value)| value.zeroize());
    }
}
