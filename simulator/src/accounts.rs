//! Who may sign in, and with what.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::database::{Database, Row, schema};
use crate::ids::Ids;
use crate::setup::{SetupError, User};
use crate::transaction::Caller;

/// The passwords of the users, by `sys_id`; everything else about them is in `sys_user`.
#[derive(Default)]
pub(crate) struct Accounts(BTreeMap<String, String>);

impl Accounts {
    /// Adds a user, in place of the one with the same name.
    pub(crate) fn add(
        &mut self,
        database: &mut Database,
        ids: &Ids,
        user: User,
    ) -> Result<(), SetupError> {
        let User { user_name, password, email, name, sys_id, active } = user;
        if user_name.is_empty() || user_name.contains(':') {
            let text = "users: userName must not be empty and cannot hold a colon";
            return Err(SetupError(text.to_owned()));
        }
        let sys_id = sys_id.unwrap_or_else(|| ids.sys_id_of(&format!("sys_user {user_name}")));
        if sys_id.len() != 32 || !sys_id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let text = format!("users: sysId of {user_name} must be 32 hexadecimal digits");
            return Err(SetupError(text));
        }
        let sys_id = sys_id.to_ascii_lowercase();
        let before = find(database, "user_name", &user_name).map(|row| row.sys_id().to_owned());
        if let Some(before) = before {
            database.remove("sys_user", &before);
            self.0.remove(&before);
        }
        if database.get("sys_user", &sys_id).is_some() {
            return Err(SetupError(format!("users: sysId of {user_name} is another user's")));
        }
        let address = format!("{user_name}@example.com");
        let row = Row::from([
            ("sys_id", sys_id.as_str()),
            ("user_name", &user_name),
            ("email", email.as_deref().unwrap_or(&address)),
            ("name", name.as_deref().unwrap_or(&user_name)),
            ("active", if active { "true" } else { "false" }),
        ]);
        let full = |_| SetupError("users: there are too many".to_owned());
        database.insert("sys_user", row).map_err(full)?;
        self.0.insert(sys_id, password);
        Ok(())
    }

    /// The user that Basic credentials belong to: base64 of `name:password`.
    pub(crate) fn signed_in(&self, database: &Database, credentials: &str) -> Option<Caller> {
        let text = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
        let (user_name, password) = text.split_once(':')?;
        let row = find(database, "user_name", user_name)?;
        let caller = caller(row)?;
        (self.0.get(row.sys_id())? == password).then_some(caller)
    }
}

/// The user with a value in a column of `sys_user`; an empty value is nobody's.
pub(crate) fn find<'a>(database: &'a Database, field: &str, value: &str) -> Option<&'a Row> {
    let mut rows = database.rows("sys_user");
    rows.find(|row| !value.is_empty() && row.get(field).eq_ignore_ascii_case(value))
}

/// Whether users can be told apart by a column.
pub(crate) fn is_user_field(field: &str) -> bool {
    schema::column_of("sys_user", field).is_some() && field != "active"
}

/// The user of a row, if active.
pub(crate) fn caller(row: &Row) -> Option<Caller> {
    (row.get("active") == "true").then(|| Caller {
        sys_id: row.sys_id().to_owned(),
        user_name: row.get("user_name").to_owned(),
    })
}
