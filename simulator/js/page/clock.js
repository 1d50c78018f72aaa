/** @file The clock, the access tokens, and the state as a file. */

import { date, element, form, part } from "./elements.js";
import { save } from "./server.js";

/** @typedef {(name: string, wanted: unknown) => Promise<boolean>} Control */

/** @param {{ now: number, runs: boolean }} clock */
export function showClock({ now, runs }) {
  const how = runs ? "follows real time" : "stands";
  part("now").textContent = `${date(now)} UTC, ${how}`;
  part("clock-now").textContent = `${date(now)} UTC`;
  part("clock-runs").textContent = how;
}

/**
 * @param {Control} control
 * @param {(problem: string) => void} tell
 */
export function startClock(control, tell) {
  for (const button of document.querySelectorAll("button[data-advance]")) {
    const advance = Number(/** @type {HTMLElement} */ (button).dataset.advance);
    button.addEventListener("click", () => control("clock", { advance }));
  }
  part("clock-follow").addEventListener("click", () => control("clock", { follow: true }));
  form("clock-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const now = Date.parse(`${new FormData(form("clock-form")).get("now")}Z`);
    if (Number.isNaN(now)) tell("Enter a date and a time.");
    else control("clock", { now });
  });
  part("revoke").addEventListener("click", () => control("revoke", {}));
  part("save").addEventListener("click", () => download().catch((error) => tell(error.message)));
  const load = /** @type {HTMLInputElement} */ (part("load"));
  load.addEventListener("change", async () => {
    const [file] = load.files ?? [];
    if (file) await control("load", file);
    load.value = "";
  });
}

async function download() {
  const link = /** @type {HTMLAnchorElement} */ (element("a", ""));
  link.href = URL.createObjectURL(await save());
  link.download = "servicenow-simulator.json";
  link.click();
  URL.revokeObjectURL(link.href);
}
