//! Who may sign in, and with what.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::database::{Database, Row, schema};
use crate::ids::Ids;
use crate::roles;
use crate::setup::{SetupError, User};
use crate::transaction::Caller;

/// The users' accounts, by `sys_id`; what everybody may know of them is in `sys_user`.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Accounts(BTreeMap<String, Account>);

#[derive(Serialize, Deserialize)]
struct Account {
    password: String,
    roles: Arc<[String]>,
    mfa: bool,
}

/// Why Basic credentials are not good.
pub(crate) enum Rejected {
    Credentials,
    /// The password is right, and a second factor is missing.
    SecondFactor,
}

impl Accounts {
    /// Adds a user, in place of the one with the same name.
    pub(crate) fn add(
        &mut self,
        database: &mut Database,
        ids: &Ids,
        user: User,
    ) -> Result<(), SetupError> {
        let User { user_name, password, email, name, sys_id, active, locked_out, mfa, roles } =
            user;
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
            ("locked_out", if locked_out { "true" } else { "false" }),
        ]);
        let full = |_| SetupError("users: there are too many".to_owned());
        database.insert("sys_user", row).map_err(full)?;
        let usual = || roles::USUAL.iter().map(|role| (*role).to_owned()).collect();
        let roles = roles.unwrap_or_else(usual).into();
        self.0.insert(sys_id, Account { password, roles, mfa });
        Ok(())
    }

    /// The user that Basic credentials belong to: base64 of `name:password`.
    pub(crate) fn signed_in(
        &self,
        database: &Database,
        credentials: &str,
    ) -> Result<Caller, Rejected> {
        let caller = self.known(database, credentials).ok_or(Rejected::Credentials)?;
        let mfa = self.0.get(&caller.sys_id).is_some_and(|account| account.mfa);
        if mfa { Err(Rejected::SecondFactor) } else { Ok(caller) }
    }

    fn known(&self, database: &Database, credentials: &str) -> Option<Caller> {
        let text = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
        let (user_name, password) = text.split_once(':')?;
        self.caller_by_password(database, user_name, password)
    }

    /// The user with a name and a password.
    pub(crate) fn caller_by_password(
        &self,
        database: &Database,
        user_name: &str,
        password: &str,
    ) -> Option<Caller> {
        let row = find(database, "user_name", user_name)?;
        (self.0.get(row.sys_id())?.password == password).then(|| self.caller(row))?
    }

    /// The user of a row, if he may come in.
    pub(crate) fn caller(&self, row: &Row) -> Option<Caller> {
        let roles = self.0.get(row.sys_id()).map(|account| Arc::clone(&account.roles));
        may_come_in(row).then(|| Caller {
            sys_id: row.sys_id().to_owned(),
            user_name: row.get("user_name").to_owned(),
            roles: roles.unwrap_or_default(),
        })
    }

    /// Whether every user has a role, if there is one.
    pub(crate) fn all_have(&self, role: &str) -> bool {
        let has = |account: &Account| account.roles.iter().any(|held| roles::contains(held, role));
        self.0.values().all(has)
    }

    /// Gives every user a role, or takes it away along with the roles that contain it. What an
    /// administrator may do is never taken away.
    pub(crate) fn set_role(&mut self, role: &str, given: bool) {
        for account in self.0.values_mut() {
            let keeps = |held: &&String| *held == roles::ADMIN || !roles::contains(held, role);
            let mut kept: Vec<String> = account.roles.iter().filter(keeps).cloned().collect();
            if given {
                kept = account.roles.to_vec();
                if !kept.iter().any(|held| roles::contains(held, role)) {
                    kept.push(role.to_owned());
                }
            }
            account.roles = kept.into();
        }
    }
}

/// The user with a value in a column of `sys_user`; an empty value is nobody's.
pub(crate) fn find<'a>(database: &'a Database, field: &str, value: &str) -> Option<&'a Row> {
    let mut rows = database.rows("sys_user");
    rows.find(|row| !value.is_empty() && row.get(field).eq_ignore_ascii_case(value))
}

/// Whether users can be told apart by a column.
pub(crate) fn is_user_field(field: &str) -> bool {
    schema::column_of("sys_user", field).is_some() && !["active", "locked_out"].contains(&field)
}

/// Whether a user is active and not locked out.
pub(crate) fn may_come_in(row: &Row) -> bool {
    row.get("active") == "true" && row.get("locked_out") != "true"
}
