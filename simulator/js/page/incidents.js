/** @file The incidents, and the one that is looked at with its journal. */

import { cell, element, fill, part, row } from "./elements.js";

/** @import { Incident } from "../types.js" */
/** @import { State } from "./server.js" */

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
 * @param {State} state
 * @param {string | undefined} wanted the `sys_id` that is looked at
 */
export function showIncidents({ incidents, incident, incidentCount }, wanted) {
  part("incidents-count").textContent = String(incidentCount);
  fill("incident-rows", incidents.map(incidentRow), "No incidents yet.");
  if (wanted) showIncident(incident, wanted);
}

/**
 * @param {Incident | null} incident
 * @param {string} wanted
 */
function showIncident(incident, wanted) {
  const panel = part("incident");
  panel.hidden = false;
  if (!incident) {
    panel.replaceChildren(element("h2", "", `No incident ${wanted}`));
    return;
  }
  document.title = `${incident.number} – ServiceNow simulator`;
  const entries = incident.journal.map(({ element: kind, value, ...entry }) =>
    element(
      "li",
      "",
      element("p", "by", `${label(kind)}, ${entry.sys_created_on}, ${entry.sys_created_by}`),
      element("pre", "", value),
    ),
  );
  const nothing = element("li", "empty", "No comments and no work notes.");
  const fields = Object.entries(incident)
    .filter(([name, value]) => name !== "journal" && value !== "")
    .flatMap(([name, value]) => [element("dt", "", name), element("dd", "", String(value))]);
  panel.replaceChildren(
    element("h2", "", `${incident.number} `, stateOf(incident)),
    element("p", "lead", String(incident.short_description)),
    element("h3", "", "Journal"),
    element("ol", "journal", ...(entries.length > 0 ? entries : [nothing])),
    element("h3", "", "Fields"),
    element("dl", "", ...fields),
  );
}

/** @param {string} kind */
function label(kind) {
  return kind === "comments" ? "Comment" : "Work note";
}

/** @param {Incident} incident */
function incidentRow(incident) {
  const link = element("a", "", String(incident.number));
  link.setAttribute("href", `/nav_to.do?uri=incident.do?sys_id=${incident.sys_id}`);
  return row(
    cell("Number", link),
    cell("State", stateOf(incident)),
    cell("Priority", String(incident.priority)),
    cell("Short description", String(incident.short_description)),
    cell("Correlation ID", String(incident.correlation_id), "exact"),
    cell("Updated (UTC)", String(incident.sys_updated_on), "number"),
    cell("Entries", String(incident.journal.length)),
  );
}

/** @param {Incident} incident */
function stateOf(incident) {
  const kind = incident.active === "true" ? "badge" : "badge over";
  return element("span", kind, STATES[String(incident.state)] ?? String(incident.state));
}
