/** @file The requests as they come. */

import { date, element, fill, part } from "./elements.js";

/** @import { JournaledRequest } from "../types.js" */

/** What is shown, so that what was unfolded stays so. */
/** @type {Map<string, HTMLElement>} */
let shown = new Map();

/**
 * @param {JournaledRequest[]} requests the newest first
 * @param {number} count
 */
export function showRequests(requests, count) {
  part("requests-count").textContent = String(count);
  /** @type {typeof shown} */
  const next = new Map();
  for (const request of requests) {
    const key = `${request.sequence} ${request.at} ${request.target}`;
    next.set(key, shown.get(key) ?? entry(request));
  }
  shown = next;
  fill("request-rows", [...shown.values()], "No requests yet.");
}

/** @param {JournaledRequest} request */
function entry({ sequence, at, method, target, user, body, status, notes }) {
  const [path = "", query] = target.split("?");
  const what = element("span", "exact target", path);
  if (query !== undefined) what.append(element("span", "query", `?${readable(query)}`));
  const head = element(
    "div",
    "request",
    element("span", status >= 400 ? "status bad" : "status", String(status)),
    element("span", "exact method", method),
    what,
    element("span", "by", `${sequence} · ${date(at)} · ${user ?? "nobody"}`),
  );
  const made = element("li", "", head);
  for (const note of notes) {
    made.append(element("p", note.startsWith("fault ") ? "note fault" : "note", note));
  }
  if (body !== "") {
    made.append(
      element("details", "", element("summary", "", "Body"), element("pre", "exact", pretty(body))),
    );
  }
  return made;
}

/** @param {string} query */
function readable(query) {
  try {
    return decodeURIComponent(query.replaceAll("+", " "));
  } catch {
    return query;
  }
}

/** @param {string} body */
function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
