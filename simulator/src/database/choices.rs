//! The choices an instance comes with: the lists of the incident form, English only.

use super::Row;
use crate::ids::Ids;
use crate::setup::CloseCodes;

type Choices = &'static [(&'static str, &'static str)];

const LEVELS: Choices = &[("1", "1 - High"), ("2", "2 - Medium"), ("3", "3 - Low")];

/// Table, element, and its values with their labels.
const LISTS: &[(&str, &str, Choices)] = &[
    ("incident", "urgency", LEVELS),
    ("incident", "impact", LEVELS),
    ("incident", "severity", LEVELS),
    (
        "task",
        "priority",
        &[
            ("1", "1 - Critical"),
            ("2", "2 - High"),
            ("3", "3 - Moderate"),
            ("4", "4 - Low"),
            ("5", "5 - Planning"),
        ],
    ),
    ("incident", "state", STATES),
    ("incident", "incident_state", STATES),
    (
        "incident",
        "hold_reason",
        &[
            ("1", "Awaiting Caller"),
            ("5", "Awaiting Change"),
            ("3", "Awaiting Problem"),
            ("4", "Awaiting Vendor"),
        ],
    ),
    (
        "incident",
        "category",
        &[
            ("inquiry", "Inquiry / Help"),
            ("software", "Software"),
            ("hardware", "Hardware"),
            ("network", "Network"),
            ("database", "Database"),
        ],
    ),
];

const STATES: Choices = &[
    ("1", "New"),
    ("2", "In Progress"),
    ("3", "On Hold"),
    ("6", "Resolved"),
    ("7", "Closed"),
    ("8", "Canceled"),
];

const NEW_CLOSE_CODES: [&str; 10] = [
    "Solution provided",
    "Workaround provided",
    "Resolved by caller",
    "Resolved by change",
    "Resolved by problem",
    "Resolved by request",
    "Known error",
    "Duplicate",
    "User error",
    "No resolution provided",
];

const OLD_CLOSE_CODES: [&str; 7] = [
    "Solved (Work Around)",
    "Solved (Permanently)",
    "Solved Remotely (Work Around)",
    "Solved Remotely (Permanently)",
    "Not Solved (Not Reproducible)",
    "Not Solved (Too Costly)",
    "Closed/Resolved by Caller",
];

/// Subcategories by the category that they depend on.
const SUBCATEGORIES: &[(&str, Choices)] = &[
    (
        "inquiry",
        &[
            ("antivirus", "Antivirus"),
            ("email", "Email"),
            ("internal application", "Internal Application"),
        ],
    ),
    ("software", &[("email", "Email"), ("os", "Operating System")]),
    (
        "hardware",
        &[
            ("cpu", "CPU"),
            ("disk", "Disk"),
            ("keyboard", "Keyboard"),
            ("memory", "Memory"),
            ("monitor", "Monitor"),
            ("mouse", "Mouse"),
        ],
    ),
    (
        "network",
        &[
            ("dhcp", "DHCP"),
            ("dns", "DNS"),
            ("ip address", "IP Address"),
            ("vpn", "VPN"),
            ("wireless", "Wireless"),
        ],
    ),
    ("database", &[("db2", "DB2"), ("sql server", "MS SQL Server"), ("oracle", "Oracle")]),
];

/// One row a choice.
pub(super) fn rows(ids: &Ids, close_codes: CloseCodes) -> Vec<Row> {
    let new = NEW_CLOSE_CODES.iter().filter(|_| close_codes != CloseCodes::Old);
    let old = OLD_CLOSE_CODES.iter().filter(|_| close_codes != CloseCodes::New);
    let close_codes = new.chain(old).map(|code| (*code, *code)).collect();
    let lists =
        LISTS.iter().map(|(table, element, choices)| (*table, *element, "", choices.to_vec()));
    let subcategories = SUBCATEGORIES
        .iter()
        .map(|(category, choices)| ("incident", "subcategory", *category, choices.to_vec()));
    lists
        .chain([("incident", "close_code", "", close_codes)])
        .chain(subcategories)
        .flat_map(|(table, element, dependent, choices)| {
            let numbered = choices.into_iter().zip(1..);
            numbered.map(move |(choice, place)| (table, element, dependent, choice, place))
        })
        .map(|(table, element, dependent, (value, label), sequence): (_, _, _, _, u32)| {
            let name = format!("sys_choice {table} {element} {dependent} {value}");
            Row::from([
                ("sys_id", ids.sys_id_of(&name).as_str()),
                ("name", table),
                ("element", element),
                ("dependent_value", dependent),
                ("value", value),
                ("label", label),
                ("language", "en"),
                ("inactive", "false"),
                ("sequence", &sequence.to_string()),
            ])
        })
        .collect()
}
