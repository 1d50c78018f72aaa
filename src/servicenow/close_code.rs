//! How an incident was resolved, in the words that an instance has for that (servicenow-instance.md 4.3).

use super::{Client, column, get_choices};
use crate::error::Error;
use crate::host::{Host, Level};

/// What the built-in type says. It is a choice of old instances, and of few new ones.
pub const CLOSE_CODE: &str = "Closed/Resolved by Caller";

/// What comes near it, the nearest first. Where an instance has none of these, any choice is better than an
/// incident that stays open.
const LIKE_IT: [&str; 4] =
    ["Resolved by caller", "Solution provided", "Solved (Permanently)", "No resolution provided"];

const REMEDY: &str = "Give the field Resolution code (close_code) of incidents the choice \
    \"Closed/Resolved by Caller\", or the integration user the role personalize_choices to find another \
    one, or ask the administrator about the data policy.";

/// The code for another try, where the instance has refused to close an incident because
/// [`CLOSE_CODE`] is no choice of its.
///
/// # Errors
/// The refusal, where that is not why, or where no choices are to be had.
pub async fn another_close_code<H: Host>(
    client: &Client<'_, H>,
    refusal: Error,
) -> Result<String, Error> {
    let is_by_policy = |text: &str| text.contains("Data Policy Exception");
    if !is_by_policy(refusal.text()) && !refusal.reason().is_some_and(is_by_policy) {
        return Err(refusal);
    }
    let choices = get_choices(client, &["close_code".to_owned()]).await.unwrap_or_default();
    let codes: Vec<String> = choices
        .iter()
        .filter_map(|choice| column::text(choice, "value").filter(|code| !code.trim().is_empty()))
        .collect();
    let find = |code: &str| codes.iter().find(|one| one.eq_ignore_ascii_case(code));
    if find(CLOSE_CODE).is_some() {
        return Err(refusal);
    }
    let Some(code) = LIKE_IT.into_iter().find_map(find).or(codes.first()) else {
        return Err(refusal.with_remedy(REMEDY));
    };
    let text = format!("The instance has no close code {CLOSE_CODE}: it is given {code}");
    client.log(Level::Debug, &text);
    Ok(code.clone())
}
