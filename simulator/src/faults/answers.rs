//! Faults for which the instance gives another answer.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::Planned;
use super::fault::Fault;
use super::place::{Resource, Scene};
use crate::clock::Moment;
use crate::http::Answer;
use crate::instance::Instance;
use crate::refusal;

const TRANSFORM_MAP: &str = "Elastic Incident";
/// How far the clock of the instance is ahead where clocks are apart, in milliseconds.
const APART: i64 = 600_000;

/// The answer that the fault gives. Only called for faults that give one.
pub(super) fn answer(planned: &Planned, scene: &Scene, instance: &mut Instance) -> Answer {
    let rule = &planned.rule;
    match rule.fault {
        Fault::MfaRequired => refusal::not_authenticated().with("X-MFA_TOKEN", "invalid"),
        Fault::TokenDenied | Fault::AssertionReplayed => {
            token_refusal("server_error", "access_denied")
        }
        Fault::ClientUnknown => token_refusal("invalid_client", "The client is unknown"),
        Fault::SubjectUnknown => token_refusal("invalid_grant", "User not found"),
        Fault::ClockOff => token_refusal("server_error", "access_denied")
            .with("Date", http_date(instance.now.plus(APART))),
        Fault::TokenMissing => Answer::json(200, &json!({})),
        Fault::ApplicationMissing if scene.resource == Resource::Import => invalid_table(scene),
        Fault::ApplicationMissing => refusal::unknown_uri(),
        Fault::HealthForbidden => refusal::failure(
            403,
            "User Not Authorized",
            Some(rule.text("Failed API level ACL Validation")),
        ),
        Fault::CrossScopeDenied => {
            let usual = "com.glide.script.fencing.access.ScopeAccessNotGrantedException: \
                         read access to incident not granted";
            refusal::failure(500, rule.text(usual), Some(""))
        }
        Fault::ImportError => {
            let usual = "No transform entry or scripts are defined; Target record not found";
            import_error(rule.text(usual), scene, instance)
        }
        Fault::RuleAbort => aborted(rule.text.as_deref(), "Deny writes", scene, instance),
        Fault::IncidentClosed => {
            aborted(rule.text.as_deref(), "Deny updates of closed incidents", scene, instance)
        }
        Fault::CloseRefused => {
            let usual = "Data Policy Exception: The following fields are mandatory: \
                         Resolution code";
            write_error(rule.text(usual), scene, instance)
        }
        Fault::RowIgnored => ignored(rule.text("No field values changed"), scene, instance),
        Fault::RowSkipped | Fault::ChoiceInvalid => {
            let usual = "Unable to resolve target record, coalesce values not present";
            let entry = json!({
                "transform_map": TRANSFORM_MAP,
                "table": "incident",
                "status": "skipped",
                "status_message": rule.text(usual),
            });
            imported(&[entry], scene, instance)
        }
        Fault::ResultEmpty => imported(&[], scene, instance),
        Fault::IncidentGone | Fault::ReadAfterWrite => refusal::no_record(),
        Fault::QueryForbidden => unreadable(rule.text.as_deref()),
        Fault::ChoicesUnreadable if planned.variant() == "forbidden" => unreadable(None),
        Fault::ChoicesUnreadable => {
            Answer::json(200, &json!({ "result": [] })).with("X-Total-Count", "0")
        }
        Fault::RateLimited => rate_limited(planned, scene, instance),
        Fault::PayloadTooLarge => too_large(planned, scene),
        Fault::TableUnknown => invalid_table(scene),
        // The rest says that whoever asks has not signed in (1, 2 and 4).
        _ => refusal::not_authenticated(),
    }
}

fn token_refusal(error: &str, description: &str) -> Answer {
    Answer::json(401, &json!({ "error_description": description, "error": error }))
}

fn unreadable(text: Option<&str>) -> Answer {
    let usual = "Field(s) present in the query do not have permission to be read";
    refusal::failure(403, "Insufficient rights to query records", Some(text.unwrap_or(usual)))
}

fn invalid_table(scene: &Scene) -> Answer {
    let after = |part: &str| {
        let mut parts = scene.path.iter().skip_while(|other| **other != part).skip(1);
        parts.next().copied()
    };
    let name = after("table").or_else(|| after("import")).unwrap_or_default();
    refusal::invalid_table(&name.chars().take(80).collect::<String>())
}

/// What the Import Set API answers when its transform maps gave these entries.
fn imported(entries: &[Value], scene: &Scene, instance: &mut Instance) -> Answer {
    let mut parts = scene.path.iter().skip_while(|part| **part != "import").skip(1);
    let body = json!({
        "import_set": instance.import_sets.current(instance.now),
        "staging_table": parts.next().copied().unwrap_or_default(),
        "result": entries,
    });
    let status = if instance.configuration.switches.import_answers_200 { 200 } else { 201 };
    Answer::json(status, &body)
}

fn import_error(text: &str, scene: &Scene, instance: &mut Instance) -> Answer {
    let entry = json!({
        "transform_map": TRANSFORM_MAP,
        "table": "incident",
        "status": "error",
        "error_message": text,
    });
    imported(&[entry], scene, instance)
}

/// A write that the instance's own rules stop: an entry of an import, a refusal elsewhere.
fn write_error(text: &str, scene: &Scene, instance: &mut Instance) -> Answer {
    if scene.resource == Resource::Import {
        import_error(text, scene, instance)
    } else {
        refusal::operation_failed(text)
    }
}

fn aborted(text: Option<&str>, rule: &str, scene: &Scene, instance: &mut Instance) -> Answer {
    let id = instance.ids.sys_id_of(&format!("sys_script {rule}"));
    let usual = format!(
        "Operation against file 'incident' was aborted by Business Rule '{rule}^{id}'. \
         Business Rule Stack:{rule}"
    );
    write_error(text.unwrap_or(&usual), scene, instance)
}

fn ignored(text: &str, scene: &Scene, instance: &mut Instance) -> Answer {
    let mut entry = json!({
        "transform_map": TRANSFORM_MAP,
        "table": "incident",
        "status": "ignored",
        "status_message": text,
    });
    if let Some((row, entry)) = scene.target(&instance.database).zip(entry.as_object_mut()) {
        let link = format!("{}/api/now/table/incident/{}", scene.call.origin, row.sys_id());
        for (name, value) in [
            ("display_name", "number"),
            ("display_value", row.get("number")),
            ("record_link", &link),
            ("sys_id", row.sys_id()),
        ] {
            entry.insert(name.to_owned(), value.into());
        }
    }
    imported(&[entry], scene, instance)
}

/// servicenow-instance.md 8.1.
fn rate_limited(planned: &Planned, scene: &Scene, instance: &Instance) -> Answer {
    let wait = planned.rule.retry_after.unwrap_or(60);
    let api = match scene.resource {
        Resource::Table(_) | Resource::Record(..) => "Table API",
        Resource::Import => "Import Set API",
        Resource::Batch => "Batch API",
        _ => "REST API",
    };
    let usual = format!("Rate limit of 100 requests per hour for {api} exceeded");
    let reset = instance.now.seconds().saturating_add(i64::from(wait));
    refusal::failure(429, "Rate limit exceeded", Some(planned.rule.text(&usual)))
        .with("Retry-After", wait.to_string())
        .with("X-RateLimit-Limit", "100")
        .with("X-RateLimit-Reset", reset.to_string())
        .with("X-RateLimit-Rule", instance.ids.sys_id_of(&format!("rate limit rule {api}")))
}

fn too_large(planned: &Planned, scene: &Scene) -> Answer {
    let most = planned.rule.length.unwrap_or(10_485_760);
    let length = scene.call.length().max(most.saturating_add(1));
    refusal::unreadable_body(&format!(
        "Rejected large REST payload with content-length = {length} bytes. \
         Max allowed: {most} bytes."
    ))
}

/// `Mon, 06 May 2024 07:08:09 GMT`.
fn http_date(moment: Moment) -> String {
    let date =
        OffsetDateTime::from_unix_timestamp(moment.seconds()).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let short = |name: String| name.chars().take(3).collect::<String>();
    let (hour, minute, second) = date.to_hms();
    format!(
        "{}, {:02} {} {} {hour:02}:{minute:02}:{second:02} GMT",
        short(date.weekday().to_string()),
        date.day(),
        short(date.month().to_string()),
        date.year(),
    )
}
