//! The oracle: Kibana's rules on Kibana's libraries, and what a JavaScript engine knows of dates
//! and languages. It runs in Node (`tests/differential/serve.js`): a question a line, an answer a line.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use servicenow_itsm_connector::template::intl::{Intl, NumberOption, ZoneTime};

use crate::in_project;

struct Oracle {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

thread_local! {
    static ORACLE: RefCell<Oracle> = RefCell::new(Oracle::start());
}

impl Oracle {
    fn start() -> Self {
        let mut child = Command::new("node")
            .arg(in_project("tests/differential/serve.js"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the oracle needs Node: put it on PATH");
        let questions = child.stdin.take().expect("it has a pipe");
        let answers = BufReader::new(child.stdout.take().expect("it has a pipe"));
        Self { child, questions, answers }
    }

    fn ask(&mut self, question: &Value) -> std::io::Result<Value> {
        let mut line = question.to_string();
        line.push('\n');
        self.questions.write_all(line.as_bytes())?;
        self.questions.flush()?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        Ok(serde_json::from_str(&answer)?)
    }
}

/// It ends with its questions, and should not be left for the system to wait for.
impl Drop for Oracle {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks the oracle.
#[must_use]
pub fn ask(question: &Value) -> Value {
    let answer = ORACLE.with_borrow_mut(|oracle| oracle.ask(question));
    answer.expect(
        "the oracle has not answered: npm run build makes what it needs, and it says more above",
    )
}

/// `Date` and `Intl` of Node.
#[derive(Debug)]
pub struct NodeIntl;

impl Intl for NodeIntl {
    fn parse_date(&self, text: &str) -> Option<i64> {
        ask(&json!({ "ask": "date", "text": text })).as_i64()
    }

    fn zone_time(&self, zone: &str, milliseconds: i64) -> Option<ZoneTime> {
        let answer = ask(&json!({ "ask": "zone", "zone": zone, "milliseconds": milliseconds }));
        Some(ZoneTime {
            offset_seconds: i32::try_from(answer["offset"].as_i64()?).ok()?,
            long_name: answer["name"].as_str()?.to_owned(),
        })
    }

    fn format_number(
        &self,
        number: f64,
        locales: &[&str],
        options: &[(&str, NumberOption<'_>)],
    ) -> Result<String, String> {
        let options: Vec<Value> = options
            .iter()
            .map(|(key, option)| match option {
                NumberOption::Number(number) => json!([key, "number", number.to_string()]),
                NumberOption::Bool(truth) => json!([key, "boolean", truth]),
                NumberOption::Text(text) => json!([key, "text", text]),
            })
            .collect();
        // As a text: JSON has no word for what is no number or has no end.
        let number = number.to_string();
        let answer = ask(&json!({
            "ask": "number", "number": number, "locales": locales, "options": options,
        }));
        match (answer["text"].as_str(), answer["error"].as_str()) {
            (Some(text), _) => Ok(text.to_owned()),
            (None, error) => Err(error.unwrap_or_default().to_owned()),
        }
    }
}
