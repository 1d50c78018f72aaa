// The story as text: a table for each connector, and what is not as it should be.

import { table } from "../lib/table.js";

/** @typedef {import("./play.js").Chapter} Chapter */
/** @typedef {import("./play.js").Row} Row */

const HEADINGS = [
  "alert or case",
  "what happens",
  "sub-action",
  "incident",
  "state",
  "comments",
  "requests",
  "ms",
];

/** @type {Record<string, string>} */
const STATES = {
  1: "New",
  2: "In Progress",
  3: "On Hold",
  6: "Resolved",
  7: "Closed",
  8: "Canceled",
};

/**
 * How much of a chapter is not as it should be.
 * @param {Chapter} chapter
 */
export function faultsOf({ rows, mismatches }) {
  return mismatches.length + rows.filter(({ result }) => result.status !== "ok").length;
}

/** @param {Chapter} chapter */
export function chapterText({ connector, rows, mismatches }) {
  const tokens = rows.filter(({ tokenRequests }) => tokenRequests > 0);
  const failed = rows.filter(({ result }) => result.status !== "ok");
  const faults = [...failed.map(failureText), ...mismatches.map(mismatchText)];
  return [
    `${connector.name}\n`,
    table([HEADINGS, ...rows.map(cells)], { right: [5, 6, 7] }),
    ...tokens.map(tokenText),
    ...(faults.length > 0 ? ["", ...faults] : []),
  ].join("\n");
}

/**
 * @param {Row} row
 * @returns {string[]}
 */
function cells({ event, result, incident, requests, milliseconds }) {
  const state = incident?.state ?? "";
  return [
    event.subject,
    event.happening,
    event.subAction,
    incident?.number ?? "-",
    result.status === "ok" ? (STATES[state] ?? (state || "-")) : "failed",
    String(incident?.journal.length ?? "-"),
    String(requests),
    milliseconds.toFixed(0),
  ];
}

/** @param {Row} row */
function tokenText({ event, tokenRequests }) {
  const count = tokenRequests === 1 ? "one" : tokenRequests;
  return `${event.subject} ${event.happening}: ${count} of the requests was for an access token`;
}

/** @param {Row} row */
function failureText({ event, result }) {
  const { message, serviceMessage, errorMeta } = result;
  const remedy = errorMeta?.remedy ? `\n    remedy: ${errorMeta.remedy}` : "";
  const text = serviceMessage ?? message ?? "";
  return `✗ ${event.subject} ${event.happening}: the action failed, and the story ends here
    error:  ${text}${remedy}`;
}

/** @param {Chapter["mismatches"][number]} mismatch */
function mismatchText({ after, what, expected, found }) {
  return `✗ After "${after}": ${what}
    expected: ${expected}
    found:    ${found}`;
}
