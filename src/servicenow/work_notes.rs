//! What has been noted on an incident already, for an action that is run again.

use super::client::Call;
use super::incident::own_record;
use super::shown_times::ShownTimes;
use super::{Client, SysId, column, table};
use crate::error::Error;
use crate::host::{Host, Milliseconds};

/// The work notes of an incident, as the instance shows them to people: line by line, and without the
/// empty ones.
#[derive(Debug, Default)]
pub struct WorkNotes(Vec<Line>);

#[derive(Debug)]
struct Line {
    /// Without blanks around it, which an instance may take away.
    text: String,
    /// Whether it looks like the line before a note, as a line of a note may, too.
    is_head: bool,
    /// Whether it begins a note that may be the action's and has not been found yet.
    is_free: bool,
}

impl WorkNotes {
    /// Each is a line with the time, the author and the column,
    /// `2024-05-06 07:08:09 - Svc Elastic (Work notes)`, then the text, then a blank line. Those whose
    /// time is none that may be the action's own are never found.
    fn shown(shown: &str, may_be_own: impl Fn(&str) -> bool) -> Self {
        // The name of the column, in the user's language, is at the end of each such line.
        let column =
            shown.lines().next().and_then(|line| line.rsplit_once(" (")?.1.strip_suffix(')'));
        let Some(column) = column else { return Self::default() };
        let end = format!(" ({column})");
        let lines = lines_of(shown).map(|text| {
            let time =
                text.split_once(" - ").filter(|_| text.ends_with(&end)).map(|(time, _)| time);
            Line {
                text: text.to_owned(),
                is_head: time.is_some(),
                is_free: time.is_some_and(&may_be_own),
            }
        });
        Self(lines.collect())
    }

    /// Finds a note with this text that was not found before, and says whether there is one.
    pub fn find(&mut self, text: &str) -> bool {
        let wanted: Vec<&str> = lines_of(text).collect();
        let is_note = |place: &usize| is_note(self.0.get(*place..).unwrap_or_default(), &wanted);
        let Some(place) = (0..self.0.len()).find(is_note) else { return false };
        // Nor does a line of it begin another one.
        let end = place.saturating_add(wanted.len());
        for line in self.0.get_mut(place..=end).into_iter().flatten() {
            line.is_free = false;
        }
        true
    }
}

/// Whether lines begin with a note of this text: a head and after it the text, whatever its lines look
/// like, up to the next head.
fn is_note(lines: &[Line], wanted: &[&str]) -> bool {
    let Some((head, rest)) = lines.split_first() else { return false };
    let Some((note, after)) = rest.split_at_checked(wanted.len()) else { return false };
    head.is_free
        && !wanted.is_empty()
        && note.iter().zip(wanted).all(|(line, text)| line.text == *text)
        && after.first().is_none_or(|line| line.is_head)
}

fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// How far the host's clock and the instance's may be apart.
const MARGIN: Milliseconds = 60_000;

/// Reads the notes of an incident that may have been added since a time: a rule that fires again may
/// say the same again. Where their times cannot be read, or no time is known, all count. Nothing where
/// the user may not see them.
///
/// # Errors
/// Those of the request, `not_found` among them.
pub async fn work_notes<H: Host>(
    client: &Client<'_, H>,
    sys_id: &SysId,
    since: Option<Milliseconds>,
) -> Result<Option<WorkNotes>, Error> {
    // The column itself reads as empty: only what people are shown has the notes in it
    // (servicenow-instance.md 4.7). The other column is there to tell how they are shown times.
    let path = format!(
        "{}/{}?sysparm_fields=sys_id,work_notes,sys_updated_on&sysparm_display_value=all",
        table::PATH,
        sys_id.as_segment()
    );
    let record = own_record(client, Call::get_long(path), sys_id).await?;
    let Some(shown) = column::shown(&record, "work_notes") else { return Ok(None) };
    // Where a server answers only one form of it, nobody knows which.
    let times = record.member("sys_updated_on").and_then(|updated| {
        let (shown, utc) =
            (column::text(updated, "display_value")?, column::text(updated, "value")?);
        ShownTimes::by_example(&shown, &utc)
    });
    let may_be_own = |time: &str| match (since, times.and_then(|times| times.latest(time))) {
        (Some(since), Some(time)) => time >= since.saturating_sub(MARGIN),
        _ => true,
    };
    Ok(Some(WorkNotes::shown(&shown, may_be_own)))
}

#[cfg(test)]
mod tests {
    use super::WorkNotes;

    fn shown(shown: &str) -> WorkNotes {
        WorkNotes::shown(shown, |_| true)
    }

    #[test]
    fn a_note_is_found_as_often_as_it_is_there() {
        let mut notes = shown(
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
            assert!(!shown(text).find(part), "{part}");
        }
        assert!(!shown("").find("at 91 %"));
        let text = "06.05.2024 07:08 - Svc (Arbeitsnotizen)\nat 91 %\nweb-1 - disk\n\n";
        assert!(!shown(text).find("at 91 %"), "the next line is none before a note");
    }

    #[test]
    fn a_note_that_quotes_another_one_is_found() {
        let quoting = "As before:\n2024-05-01 10:00:00 - Jane (Work notes)\nDisk replaced";
        let text = format!(
            "2024-05-06 07:08:10 - Svc (Work notes)\nnewer\n\n\
             2024-05-06 07:08:09 - Svc (Work notes)\n{quoting}\n\n\
             2024-05-06 07:08:08 - Svc (Work notes)\nolder\n\n"
        );
        let mut notes = shown(&text);
        assert!(notes.find(quoting) && !notes.find(quoting) && !notes.find("Disk replaced"));
        assert!(notes.find("older") && notes.find("newer"));
    }
}
