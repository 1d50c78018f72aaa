/** @file The faults: their catalogue, the form to inject one, and the rules in force. */

import { button, cell, element, fill, form, part, row } from "./elements.js";

/** @import { ActiveFault, FaultFacts } from "../types.js" */
/** @import { Control } from "./clock.js" */

/** @type {Record<FaultFacts["write"], string>} */
const WRITES = {
  refused: "not written",
  committed: "written",
  done: "written",
};
/** Fields of the form that are numbers. */
const NUMBERS = [
  "nth",
  "from",
  "to",
  "every",
  "probability",
  "times",
  "length",
  "retryAfter",
  "delay",
];
const PARAMETERS = ["text", "column", "length", "retryAfter", "location"];

/** @type {FaultFacts[]} */
let catalogue = [];

/**
 * @param {FaultFacts[]} faults
 * @param {Control} control
 */
export function startFaults(faults, control) {
  catalogue = faults;
  const choice = /** @type {HTMLSelectElement} */ (part("fault-choice"));
  choice.replaceChildren(
    ...faults.map(({ id, number, title }) => new Option(`${number} · ${id} · ${title}`, id)),
  );
  choice.addEventListener("change", showChoice);
  form("fault-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    await control("inject", rule());
  });
  // A reset takes place after its event.
  form("fault-form").addEventListener("reset", () => setTimeout(showChoice));
  part("fault-clear").addEventListener("click", () => control("clear", {}));
  fill("fault-catalogue", faults.map(catalogueRow), "There are none.");
  showChoice();
}

/** @param {FaultFacts} facts */
function catalogueRow({ number, id, title, wire, place, write, variants }) {
  const name = element("div", "", element("strong", "", title), element("div", "exact", id));
  const what = element("div", "", ...marked(wire));
  if (variants.length > 0) {
    what.append(element("p", "hint", `Variants: ${variants.join(", ")}`));
  }
  const choose = button("Choose", () => {
    /** @type {HTMLSelectElement} */ (part("fault-choice")).value = id;
    showChoice();
    part("inject-title").scrollIntoView();
    part("fault-choice").focus();
  });
  choose.setAttribute("aria-label", `Choose ${id}`);
  return row(
    cell("No.", String(number), "number"),
    cell("Fault", name),
    cell("What a client sees", what),
    cell("Happens to", place),
    cell("What it wants written is", WRITES[write]),
    cell("", choose),
  );
}

/**
 * What stands between backticks, as code.
 *
 * @param {string} text
 */
function marked(text) {
  return text.split("`").map((part, index) => (index % 2 === 0 ? part : element("code", "", part)));
}

function chosen() {
  const { value } = /** @type {HTMLSelectElement} */ (part("fault-choice"));
  return catalogue.find(({ id }) => id === value);
}

/** Shows what the chosen fault does, and only the fields that it has. */
function showChoice() {
  const facts = chosen();
  if (!facts) return;
  const { wire, place, write, variants, parameters, delay } = facts;
  part("fault-facts").replaceChildren(
    `Happens to ${place}: `,
    ...marked(wire),
    `. What the call wants written is ${WRITES[write]}.`,
  );
  const variant = /** @type {HTMLSelectElement} */ (field("variant"));
  variant.replaceChildren(...variants.map((name) => new Option(name, name)));
  show(variant, variants.length > 0);
  for (const name of PARAMETERS) {
    show(field(name), /** @type {string[]} */ (parameters).includes(name));
  }
  const narrows = facts.id !== "certificate-bad";
  for (const name of ["path", "methods", "user", "delay"]) show(field(name), narrows);
  show(field("committed"), write !== "done" && narrows);
  field("delay").setAttribute("placeholder", String(delay));
}

/** @param {string} name */
function field(name) {
  const found = form("fault-form").elements.namedItem(name);
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (found);
}

/**
 * @param {HTMLInputElement | HTMLSelectElement} field
 * @param {boolean} shown
 */
function show(field, shown) {
  field.disabled = !shown;
  const label = field.closest("label");
  if (label) label.hidden = !shown;
}

/** The rule that the form describes: what is empty is left out. */
function rule() {
  /** @type {Record<string, unknown>} */
  const rule = {};
  for (const [name, value] of new FormData(form("fault-form"))) {
    const text = String(value).trim();
    if (text === "") continue;
    if (NUMBERS.includes(name)) rule[name] = Number(text);
    else if (name === "committed") rule[name] = text === "true";
    else if (name === "methods") rule[name] = text.split(/[\s,]+/);
    else rule[name] = text;
  }
  return rule;
}

/**
 * @param {ActiveFault[]} rules
 * @param {Control} control
 */
export function showFaults(rules, control) {
  part("faults-count").textContent = rules.length === 0 ? "" : `${rules.length} in force`;
  part("fault-clear").hidden = rules.length === 0;
  const entries = rules.map(({ id, matched, happened, rule }) => {
    const { fault, ...conditions } = rule;
    const how = Object.entries(conditions).map(([name, value]) => `${name} ${String(value)}`);
    const remove = button("Remove", () => control("remove", { id }));
    remove.setAttribute("aria-label", `Remove rule ${id}`);
    return element(
      "li",
      "rule",
      element(
        "div",
        "",
        element("strong", "", String(fault)),
        element("span", "exact", how.length > 0 ? ` ${how.join(" · ")}` : " every call"),
        element(
          "p",
          "by",
          `rule ${id}, happened to ${happened} of ${matched} calls`,
          happened === rule.times ? ", used up" : "",
        ),
      ),
      remove,
    );
  });
  fill("fault-rules", entries, "No rules: everything works.");
}
