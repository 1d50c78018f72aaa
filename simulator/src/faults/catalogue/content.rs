//! Faults of what is written and read (16 to 35).

use super::{Act, Facts, Parameter, Write, entry};
use crate::faults::fault::Fault;
use crate::faults::place::Place;

pub(super) const FAULTS: &[Facts] = &[
    entry(
        16,
        Fault::ImportError,
        "The import ends in an error",
        "201, an entry with `status: error` and no `sys_id`",
        Place::Import,
    )
    .takes(&[Parameter::Text]),
    entry(
        17,
        Fault::RuleAbort,
        "A business rule aborts the write",
        "import 201 with an `error` entry, Table API 403 `Operation Failed`",
        Place::Write,
    )
    .takes(&[Parameter::Text]),
    entry(
        18,
        Fault::CloseRefused,
        "A data policy refuses to close",
        "import 201 with an `error` entry, Table API 403 `Data Policy Exception`",
        Place::Close,
    )
    .takes(&[Parameter::Text]),
    entry(
        19,
        Fault::RowIgnored,
        "The row is ignored",
        "201 `ignored`, `No field values changed`; `sys_id` only of an incident that is there",
        Place::Import,
    )
    .takes(&[Parameter::Text]),
    entry(20, Fault::RowSkipped, "The row is skipped", "201 `skipped`, no `sys_id`", Place::Import)
        .takes(&[Parameter::Text]),
    entry(
        21,
        Fault::ResultEmpty,
        "The import has no transform map",
        "201 with an empty `result`",
        Place::Import,
    ),
    entry(
        22,
        Fault::TwoMaps,
        "Two transform maps act on the row",
        "201 with two entries, one of them an `error` of another table",
        Place::Import,
    )
    .by(Act::Rewrite, Write::Done)
    .variants(&["error-first", "error-last"])
    .takes(&[Parameter::Text]),
    entry(
        23,
        Fault::SeveralTargets,
        "Several incidents have the correlation ID",
        "201 as ever; a second incident has the correlation ID and stays as it is",
        Place::Correlated,
    )
    .by(Act::State, Write::Done),
    entry(
        24,
        Fault::ColumnDropped,
        "A column is unknown and dropped",
        "201 `inserted` instead of `updated`; `column` (`u_correlation_id`) is not stored",
        Place::Column,
    )
    .by(Act::Request, Write::Done)
    .takes(&[Parameter::Column]),
    entry(
        25,
        Fault::ValueCut,
        "A value is cut",
        "the record holds `length` (40) characters of `column` (the correlation ID)",
        Place::LongColumn,
    )
    .by(Act::Request, Write::Done)
    .takes(&[Parameter::Column, Parameter::Length]),
    entry(
        26,
        Fault::ChoiceInvalid,
        "A choice is unknown",
        "`column` (the category) is left empty, or becomes a new choice, or the row is skipped",
        Place::ChoiceColumn,
    )
    .by(Act::State, Write::Done)
    .variants(&["emptied", "created", "skipped"])
    .takes(&[Parameter::Column]),
    entry(
        27,
        Fault::IncidentClosed,
        "The incident is closed before it is updated",
        "`updated` and still closed, or a business rule aborts",
        Place::Update,
    )
    .by(Act::State, Write::Done)
    .variants(&["updated", "aborted"])
    .takes(&[Parameter::Text]),
    entry(
        28,
        Fault::IncidentGone,
        "The incident is deleted or hidden",
        "404 `No Record found`",
        Place::Record,
    ),
    entry(29, Fault::EmptyListMissing, "An empty list is a fault", "404 on a list", Place::List)
        .by(Act::Rewrite, Write::Done),
    entry(
        30,
        Fault::ListHidden,
        "An ACL hides every row",
        "200 `[]`, `X-Total-Count` above 0",
        Place::List,
    )
    .by(Act::Rewrite, Write::Done),
    entry(
        31,
        Fault::ShortPage,
        "A page is short",
        "`length` (half) of the rows, total and links as ever",
        Place::List,
    )
    .by(Act::Rewrite, Write::Done)
    .takes(&[Parameter::Length]),
    entry(
        32,
        Fault::QueryIgnored,
        "Query terms are ignored",
        "the rows that are left without the terms of `column` (of all columns)",
        Place::Query,
    )
    .by(Act::Request, Write::Done)
    .takes(&[Parameter::Column]),
    entry(
        33,
        Fault::QueryForbidden,
        "A field of the query is forbidden",
        "403 `Insufficient rights to query records`",
        Place::Query,
    )
    .takes(&[Parameter::Text]),
    entry(
        34,
        Fault::CaretSplits,
        "A caret in a value splits the query",
        "other rows come, too: the query goes on with `text` (`^ORsys_idISNOTEMPTY`)",
        Place::Query,
    )
    .by(Act::Request, Write::Done)
    .takes(&[Parameter::Text]),
    entry(
        35,
        Fault::PaginationBad,
        "Pagination headers are bad",
        "`prev` with offset -1, or no `Link`, or no `X-Total-Count`",
        Place::List,
    )
    .by(Act::Rewrite, Write::Done)
    .variants(&["negative-prev", "no-link", "no-count"]),
];
