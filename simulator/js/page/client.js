/** @file Fills the page, and keeps it filled. Everything shown is put in as text, never as HTML. */

/** @import { Incident, JournaledRequest } from "../types.js" */

const EVERY = 2_000;

/** @type {Record<string, string>} */
const STATES = {
  1: "New",
  2: "In Progress",
  3: "On Hold",
  6: "Resolved",
  7: "Closed",
  8: "Canceled",
};

const wanted =
  location.pathname === "/nav_to.do"
    ? /sys_id=([0-9a-f]{32})/i.exec(decodeURIComponent(location.search))?.[1]?.toLowerCase()
    : undefined;

let shown = "";

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(`/simulator/state.json?incident=${wanted ?? ""}`);
  const state = await response.json();
  part("now").textContent =
    `${date(state.now)} UTC, ${state.incidentCount} incidents, ${state.requestCount} requests`;
  // What has not changed stays, with whatever is selected or unfolded in it.
  const { now: _, ...content } = state;
  const text = JSON.stringify(content);
  if (text === shown) return;
  shown = text;
  if (wanted) showIncident(state.incident);
  fill("incidents", state.incidents.map(incidentRow), "No incidents yet.");
  fill("requests", state.requests.map(requestRow), "No requests yet.");
}

/** @param {Incident | null} incident */
function showIncident(incident) {
  const section = part("incident");
  section.hidden = false;
  if (!incident) {
    section.replaceChildren(element("h2", `No incident ${wanted}`));
    return;
  }
  document.title = `${incident.number} – ServiceNow simulator`;
  const fields = Object.entries(incident)
    .filter(([name, value]) => name !== "journal" && value !== "")
    .map(([name, value]) => row(element("th", name), cell(String(value), "exact")));
  const entries = incident.journal.map(({ element: kind, value, ...entry }) => {
    const by = `${entry.sys_created_on} ${entry.sys_created_by}`;
    return row(cell(by), cell(kind), element("td", element("pre", value)));
  });
  section.replaceChildren(
    element("h2", String(incident.number), " ", stateOf(incident)),
    element("table", ...(entries.length > 0 ? entries : [row(cell("No entries.", "empty"))])),
    element("h2", "Fields"),
    element("table", ...fields),
  );
}

/** @param {Incident} incident */
function incidentRow(incident) {
  const link = element("a", String(incident.number));
  link.setAttribute("href", `/nav_to.do?uri=incident.do?sys_id=${incident.sys_id}`);
  return row(
    element("td", link),
    element("td", stateOf(incident)),
    cell(String(incident.priority)),
    cell(String(incident.short_description)),
    cell(String(incident.correlation_id), "exact"),
    cell(String(incident.sys_updated_on)),
    cell(String(incident.journal.length)),
  );
}

/** @param {JournaledRequest} request */
function requestRow(request) {
  const what = element("td", `${request.method} ${request.target}`);
  what.className = "exact";
  if (request.body !== "") {
    what.append(element("details", element("summary", "Body"), element("pre", request.body)));
  }
  for (const text of request.notes) {
    const note = element("p", text);
    note.className = "note";
    what.append(note);
  }
  return row(
    cell(String(request.sequence)),
    cell(date(request.at)),
    cell(request.user ?? "–"),
    cell(String(request.status), request.status >= 400 ? "bad" : ""),
    what,
  );
}

/** @param {Incident} incident */
function stateOf(incident) {
  const badge = element("span", STATES[String(incident.state)] ?? String(incident.state));
  badge.className = incident.active === "true" ? "state" : "state over";
  return badge;
}

/** @param {number} milliseconds */
function date(milliseconds) {
  return new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
}

/**
 * @param {string} id
 * @param {HTMLElement[]} rows
 * @param {string} empty
 */
function fill(id, rows, empty) {
  const nothing = cell(empty, "empty");
  nothing.setAttribute("colspan", "7");
  part(id).replaceChildren(...(rows.length > 0 ? rows : [row(nothing)]));
}

/** @param {HTMLElement[]} cells */
function row(...cells) {
  return element("tr", ...cells);
}

/**
 * @param {string} text
 * @param {string} [kind]
 */
function cell(text, kind = "") {
  const cell = element("td", text);
  cell.className = kind;
  return cell;
}

/**
 * @param {string} name
 * @param {(string | HTMLElement)[]} content
 */
function element(name, ...content) {
  const element = document.createElement(name);
  element.append(...content);
  return element;
}

/** @param {string} id */
function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no part ${id}`);
  return found;
}

async function keepUp() {
  try {
    await refresh();
  } catch {
    part("now").textContent = "The simulator does not answer.";
  }
  setTimeout(keepUp, EVERY);
}

keepUp();
