/** @file The steps of the set-up, to be done and undone, and the endpoint that OAuth needs. */

import { element, form, part } from "./elements.js";

/** @import { SetupStep } from "../types.js" */
/** @import { Control } from "./clock.js" */

let shown = "";

/** @param {Control} control */
export function startSetup(control) {
  const entered = form("oauth-form");
  entered.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { keyId, certificate, ...client } = Object.fromEntries(new FormData(entered));
    const added = await control("oauth-client", {
      ...client,
      verifierMaps: [{ keyId, certificate }],
    });
    if (added) entered.reset();
  });
}

/**
 * @param {SetupStep[]} steps
 * @param {Control} control
 */
export function showSetup(steps, control) {
  const text = JSON.stringify(steps);
  if (text === shown) return;
  shown = text;
  const missing = steps.filter((step) => !step.done).length;
  part("setup-count").textContent = missing === 0 ? "" : `${missing} missing`;
  /** @type {Map<string, SetupStep[]>} */
  const chapters = new Map();
  for (const step of steps)
    chapters.set(step.chapter, [...(chapters.get(step.chapter) ?? []), step]);
  const focused = document.activeElement?.id;
  part("setup-steps").replaceChildren(
    ...[...chapters].map(([chapter, steps]) =>
      element(
        "div",
        "panel",
        element("h3", "", chapter),
        element("ul", "steps", ...steps.map((step) => entry(step, control))),
      ),
    ),
  );
  if (focused?.startsWith("step-")) document.getElementById(focused)?.focus();
}

/**
 * @param {SetupStep} step
 * @param {Control} control
 */
function entry({ id, title, done, symptom }, control) {
  const box = /** @type {HTMLInputElement} */ (element("input", ""));
  box.type = "checkbox";
  box.id = `step-${id}`;
  box.checked = done;
  box.addEventListener("change", async () => {
    if (!(await control("step", { id, done: box.checked }))) box.checked = done;
  });
  return element(
    "li",
    done ? "" : "undone",
    element("label", "", box, element("span", "", title)),
    element("p", "hint", done ? `Without it: ${symptom}` : `Now: ${symptom}`),
  );
}
