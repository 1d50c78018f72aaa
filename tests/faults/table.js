// Runs every fault, and writes the page about them: docs/faults.md.

import { ACTIONS, CHOICES, isOpen, notesOf } from "./actions.js";
import { HELD_BACK } from "./bench.js";

/** @import { FaultFacts, FaultRule, Incident } from "../../simulator/js/types.js" */
/** @import { Bench, Outcome } from "./bench.js" */

/**
 * @typedef {object} Tried a fault in one of its forms
 * @property {FaultFacts} fault
 * @property {string | undefined} variant
 * @property {Outcome[]} outcomes one an action
 */

/** How long an answer is late that comes in the end, in milliseconds. */
const LATE = 20;

/** To how many bytes an answer unpacks that is out for the client's memory: four times the limit. */
const BOMB = 4 << 20;

/**
 * @param {Bench} bench
 * @returns {Promise<Tried[]>}
 */
export async function tryAll(bench) {
  const tried = [];
  for (const fault of bench.catalogue) {
    const variants = fault.variants.length > 0 ? fault.variants : [undefined];
    const actions = fault.id === "choices-unreadable" ? [CHOICES] : ACTIONS;
    for (const variant of variants) {
      /** @type {Outcome[]} */
      const outcomes = [];
      for (const action of actions) {
        outcomes.push(await bench.try(action, ruleOf(fault, variant), signInOf(fault)));
      }
      tried.push({ fault, variant, outcomes });
    }
  }
  return tried;
}

/**
 * @param {FaultFacts} fault
 * @param {string | undefined} variant
 * @returns {FaultRule}
 */
export function ruleOf({ id, delay }, variant) {
  return {
    fault: id,
    ...(variant !== undefined && { variant }),
    ...(delay > 0 && { delay: id === "slow" ? HELD_BACK : LATE }),
    // A larger one takes long to be packed.
    ...(variant === "bomb" && { length: BOMB }),
    // A token ends once; the others last as long as the action.
    ...(id === "token-expired" && { times: 1 }),
  };
}

/** @param {FaultFacts} fault */
const signInOf = ({ place }) => (place.includes("token") ? "oauth" : "basic");

const PREAMBLE = `# What goes wrong, and what becomes of it

Everything that is known to go wrong with an instance, by its number in the fact sheet
(servicenow-instance.md 12). Each fault lasts for one action of a connector and is over then:

- an *alert fires* for the first time, and has a comment;
- it *fires again*, with a comment;
- it *recovers*;
- a *case is pushed again*, with a comment, to the incident that it has.

*Again*: whether the error asks for another run, as a host that retries gives it one. *Then*: what
that run came to. ServiceNow holds *as wished* where the alert has exactly one incident, in the right
state and with the comment once. The remedy follows the text; [errors.md](errors.md) has all codes.
The simulator's [FAULTS.md](../simulator/FAULTS.md) has what each fault does.

This page is made by running all of it: \`WRITE_DOCS=1 node --test tests/faults.test.js\` writes it
anew.
`;

const HEAD = `| no. | fault | what happens | what the user sees | again | in ServiceNow | then |
| --- | --- | --- | --- | --- | --- | --- |`;

/**
 * @param {Tried[]} tried
 * @returns {string}
 */
export function page(tried) {
  return `${PREAMBLE}\n${HEAD}\n${tried.flatMap(rows).join("\n")}\n`;
}

/**
 * The rows of one fault: actions with the same outcome share one.
 *
 * @param {Tried} tried
 */
function rows({ fault, variant, outcomes }) {
  /** @type {Map<string, string[]>} */
  const shared = new Map();
  for (const outcome of outcomes) {
    const cells = cellsOf(outcome).map(escaped).join(" | ");
    shared.set(cells, [...(shared.get(cells) ?? []), outcome.action]);
  }
  const form = variant === undefined ? "" : `, ${variant}`;
  return [...shared].map(
    ([cells, actions]) =>
      `| ${fault.number} | ${escaped(fault.title)}${form} | ${actions.join("; ")} | ${cells} |`,
  );
}

/** @param {Outcome} outcome */
function cellsOf(outcome) {
  const { happened, error, changed, left, achieved, errorAgain, achievedAgain } = outcome;
  if (happened === 0) return ["nothing: no such call is made", "", "as wished", ""];
  const held = achieved ? "as wished" : changed ? describe(left) : "as before";
  if (error === undefined) return [warningsOf(outcome), "", held, ""];
  const again = error.retry instanceof Date ? "later" : error.retry ? "yes" : "no";
  const then =
    achievedAgain === undefined
      ? ""
      : `${errorAgain ? `\`${errorAgain.code}\`, ` : ""}${achievedAgain ? "as wished" : "not as wished"}`;
  return [`\`${error.code}\` ${shortened(error.message)} *${error.remedy}*`, again, held, then];
}

/**
 * What an action that succeeds has in its log.
 *
 * @param {Outcome} outcome
 */
function warningsOf({ warnings }) {
  const said = [...new Set(warnings)].map((text) =>
    withoutIds(text.replace(/^\[[^\]]*\](\[[^\]]*\])? ?/, "")),
  );
  return said.length === 0 ? "nothing" : `a warning: ${said.join(" ")}`;
}

/** @param {string} text */
const withoutIds = (text) => text.replace(/\b[0-9a-f]{32}\b/g, "…");

/**
 * What was said of the request that failed, without the steps that it was part of.
 *
 * @param {string} message
 */
function shortened(message) {
  const [, said = message] = message.split(/^(?:.*?Error: (?=\[Action\]))*\[Action\].*?Error: /);
  // Who notices first that a connection is over, and so the words, is a matter of luck.
  const over = /^(other side closed|read ECONNRESET|socket hang up|terminated|write EPIPE)/;
  return withoutIds(said.replace(/ \[status=.*$/, "").replace(over, "the connection is closed"));
}

/** @param {Incident[]} incidents */
function describe(incidents) {
  if (incidents.length === 0) return "no incident";
  const each = incidents.map((incident) => {
    const notes = notesOf(incident);
    const comment =
      notes === 0
        ? "without the comment"
        : notes === 1
          ? "with the comment"
          : `with the comment ${notes} times`;
    return `${isOpen(incident) ? "open" : "closed"}, ${comment}`;
  });
  return each.length === 1 ? String(each[0]) : `${each.length} incidents: ${each.join("; ")}`;
}

/** @param {string} text */
const escaped = (text) => text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");
