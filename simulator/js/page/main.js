/** @file Keeps the page up to date, and shows the part of it that the address names. */

import { showClock, startClock } from "./clock.js";
import { part } from "./elements.js";
import { showFaults, startFaults } from "./faults.js";
import { showIncidents } from "./incidents.js";
import { showRequests } from "./requests.js";
import * as server from "./server.js";
import { showSetup, startSetup } from "./setup.js";

const EVERY = 1_000;

/** The incident that the address names. */
const wanted =
  location.pathname === "/nav_to.do"
    ? /sys_id=([0-9a-f]{32})/i.exec(decodeURIComponent(location.search))?.[1]?.toLowerCase()
    : undefined;

/** @type {number | undefined} */
let revision;

async function refresh() {
  const state = await server.state(revision, wanted);
  showClock(state);
  if (!("incidents" in state)) return;
  revision = state.revision;
  showIncidents(state, wanted);
  showRequests(state.requests, state.requestCount);
  showSetup(state.setupSteps, control);
  showFaults(state.faults, control);
}

/**
 * Has something done, and tells what came of it.
 *
 * @param {string} name
 * @param {unknown} wanted
 */
async function control(name, wanted) {
  try {
    await server.control(name, wanted);
    tell("");
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    revision = undefined;
    return false;
  }
  await refresh();
  return true;
}

/** @param {string} problem */
function tell(problem) {
  part("problem").textContent = problem;
  part("problem").hidden = problem === "";
}

function showPart() {
  const name = location.hash.slice(1) || "incidents";
  for (const section of document.querySelectorAll("main > section")) {
    /** @type {HTMLElement} */ (section).hidden = section.id !== name;
  }
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  scrollTo(0, 0);
}

async function keepUp() {
  try {
    if (!document.hidden) await refresh();
    document.body.classList.remove("lost");
  } catch {
    document.body.classList.add("lost");
    part("now").textContent = "The simulator does not answer.";
    revision = undefined;
  }
  setTimeout(keepUp, EVERY);
}

addEventListener("hashchange", showPart);
showPart();
startClock(control, tell);
startSetup(control);
startFaults(await server.catalogue(), control);
keepUp();
