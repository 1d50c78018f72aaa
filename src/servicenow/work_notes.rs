//! What has been noted on an incident already, for an action that is run again.

use std::collections::HashMap;

use super::incident::own_record;
use super::{Client, SysId, column, table};
use crate::error::Error;
use crate::host::{Host, Level};

/// The work notes of an incident, as the instance shows them to people: each is a line with the
/// time, the author and the column, `2024-05-06 07:08:09 - Svc Elastic (Work notes)`, then the text,
/// then a blank line.
#[derive(Debug, Default)]
pub struct WorkNotes {
    lines: Vec<String>,
    /// How often each text was found so far.
    found: HashMap<Vec<String>, usize>,
}

impl WorkNotes {
    fn shown(text: &str) -> Self {
        Self { lines: lines(text), ..Self::default() }
    }

    /// Finds a note with this text that was not found before, and says whether there is one.
    pub fn find(&mut self, text: &str) -> bool {
        let text = lines(text);
        let there = self.count(&text);
        let found = self.found.entry(text).or_default();
        let is_there = *found < there;
        *found = found.saturating_add(usize::from(is_there));
        is_there
    }

    fn count(&self, text: &[String]) -> usize {
        if text.is_empty() {
            return 0;
        }
        let notes = self.lines.split_inclusive(|line| is_head(line)).skip(1);
        // A piece ends with the head of the note after it.
        let texts = notes.map(|note| match note.split_last() {
            Some((last, before)) if is_head(last) => before,
            _ => note,
        });
        texts.filter(|note| *note == text).count()
    }
}

/// The lines that there is something in, without blanks around them: these are as they were sent,
/// whatever an instance makes of a text's ends.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn is_head(line: &str) -> bool {
    line.contains(" - ") && line.contains(" (") && line.ends_with(')')
}

/// Reads the notes of an incident. Where the user may not see them none is known, and the log says
/// what follows from that.
///
/// # Errors
/// Those of the request, `not_found` among them.
pub async fn work_notes<H: Host>(
    client: &Client<'_, H>,
    sys_id: &SysId,
) -> Result<WorkNotes, Error> {
    // The column itself reads as empty: only what people are shown has the notes in it
    // (servicenow-instance.md 4.7).
    let path = format!(
        "{}/{}?sysparm_fields=sys_id,work_notes&sysparm_display_value=true",
        table::PATH,
        sys_id.as_segment()
    );
    let record = own_record(client, path, sys_id).await?;
    let Some(shown) = column::text(&record, "work_notes") else {
        let text = format!(
            "The work notes of the incident {} cannot be read: a comment that was added before \
             the action was cut off is added again. Give the integration user the right to read \
             them.",
            sys_id.as_str()
        );
        client.host.log(Level::Warn, &text);
        return Ok(WorkNotes::default());
    };
    Ok(WorkNotes::shown(&shown))
}

#[cfg(test)]
mod tests {
    use super::WorkNotes;

    #[test]
    fn a_note_is_found_as_often_as_it_is_there() {
        let mut notes = WorkNotes::shown(
            "2024-05-06 07:08:10 - Svc (Work notes)\nsame\n\n\
             2024-05-06 07:08:09 - Svc (Work notes)\nsame \n\n\n\
             2024-05-06 07:08:08 - Svc (Work notes)\nwith\n\nblank lines (and more)\n\n",
        );
        assert!(notes.find("same") && notes.find(" same\r\n") && !notes.find("same"));
        assert!(notes.find("\nwith\r\n\r\nblank lines (and more)"));
    }

    #[test]
    fn a_part_of_a_note_is_none() {
        let text = "06.05.2024 07:08 - Svc (Work notes)\nat 91 %\n(disk)\nis full\n\n";
        for part in ["at 91 %", "is full", "91 %", "(disk)\nis full", ""] {
            assert!(!WorkNotes::shown(text).find(part), "{part}");
        }
        assert!(!WorkNotes::shown("").find("at 91 %"));
    }
}
