//! What has been noted on an incident already, for an action that is run again.

use super::incident::own_record;
use super::{Client, SysId, column, table};
use crate::error::Error;
use crate::host::{Host, Level};

/// The work notes of an incident, as the instance shows them to people.
#[derive(Debug, Default)]
pub struct WorkNotes(Vec<String>);

impl WorkNotes {
    /// Each is a line with the time, the author and the column,
    /// `2024-05-06 07:08:09 - Svc Elastic (Work notes)`, then the text, then a blank line.
    fn shown(shown: &str) -> Self {
        let mut notes: Vec<String> = Vec::new();
        // The name of the column, in the user's language, is at the end of each such line.
        let column =
            shown.lines().next().and_then(|line| line.rsplit_once(" (")?.1.strip_suffix(')'));
        let Some(column) = column else { return Self(notes) };
        let end = format!(" ({column})");
        for line in shown.lines() {
            if line.contains(" - ") && line.ends_with(&end) {
                notes.push(String::new());
            } else if let Some(note) = notes.last_mut() {
                add_line(note, line);
            }
        }
        Self(notes)
    }

    /// Finds a note with this text that was not found before, and says whether there is one.
    pub fn find(&mut self, text: &str) -> bool {
        let mut wanted = String::new();
        text.lines().for_each(|line| add_line(&mut wanted, line));
        let place = self.0.iter().position(|note| *note == wanted);
        place.map(|place| self.0.swap_remove(place)).is_some()
    }
}

/// Without blanks around it, which an instance may take away, and not where there is nothing else.
fn add_line(text: &mut String, line: &str) {
    let line = line.trim();
    if !line.is_empty() {
        text.push_str(line);
        text.push('\n');
    }
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
        client.log(Level::Warn, &text);
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
             2024-05-06 07:08:08 - Svc (Work notes)\nweb-1 - disk (full)\n\nand more\n\n",
        );
        assert!(notes.find("same") && notes.find(" same\r\n") && !notes.find("same"));
        assert!(notes.find("\nweb-1 - disk (full)\r\n\r\nand more"));
    }

    #[test]
    fn a_part_of_a_note_is_none() {
        let text = "06.05.2024 07:08 - Svc (Arbeitsnotizen)\nat 91 %\n(disk)\nis full\n\n";
        for part in ["at 91 %", "is full", "91 %", "(disk)\nis full", ""] {
            assert!(!WorkNotes::shown(text).find(part), "{part}");
        }
        assert!(!WorkNotes::shown("").find("at 91 %"));
    }
}
