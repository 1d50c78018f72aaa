// Runs every fault, and writes the page about them: docs/faults.md.

import {
  ACTIONS,
  CHOICES,
  HEALTH,
  HEALTH_BY_PAGE,
  isOpen,
  LONG_ID_ACTIONS,
  notesOf,
  TABLE_API_ACTIONS,
  UNFIRED,
} from "./actions.js";
import { HELD_BACK } from "./bench.js";
import { UNKNOWN_NAME } from "./line.js";

/** @import { FaultFacts, FaultRule, Incident } from "../../simulator/js/types.js" */
/** @import { Action } from "./actions.js" */
/** @import { Bench, Outcome } from "./bench.js" */

/**
 * @typedef {object} Tried a fault in one of its forms
 * @property {FaultFacts} fault
 * @property {string | undefined} variant
 * @property {boolean} usesTableApi
 * @property {Outcome[]} outcomes one an action
 * @property {string | undefined} unmet why no action meets it, where none does
 */

/** How long an answer is late that comes in the end, in milliseconds. */
const LATE = 20;

/** To how many bytes an answer unpacks that is out for the client's memory: four times the limit. */
const BOMB = 4 << 20;

/**
 * Where others meet the fault than those of every alert and case.
 *
 * @type {{ [id: string]: Action[] }}
 */
const OTHER_ACTIONS = {
  "application-missing": [...ACTIONS, HEALTH],
  "health-forbidden": [...ACTIONS, HEALTH],
  "cors-missing": [...ACTIONS, HEALTH, HEALTH_BY_PAGE],
  "cross-scope-denied": [...ACTIONS, HEALTH],
  "value-cut": LONG_ID_ACTIONS,
  "empty-list-missing": [...ACTIONS, UNFIRED],
  "query-ignored": [...ACTIONS, UNFIRED],
  "caret-splits": [...ACTIONS, UNFIRED],
  "choices-unreadable": [CHOICES],
};

/** Faults that show in what a firing leaves: whoever recovers has met them before. */
const LASTING = ["several-targets", "column-dropped", "value-cut"];

/** Faults, by their ID and variant, that nothing meets which the connector does. */
const UNMET = new Map([
  ["batch-unserviced", "the connector sends no batches"],
  ["pagination-bad no-link", "the connector asks for one page, and reads no links"],
]);

/**
 * Every fault, by import set and by the Table API.
 *
 * @param {Bench} bench
 * @returns {Promise<Tried[]>}
 */
export async function tryAll(bench) {
  const tried = [];
  for (const usesTableApi of [false, true]) {
    for (const fault of bench.catalogue) {
      for (const variant of variantsOf(fault)) {
        tried.push(await tryFault(bench, fault, variant, usesTableApi));
      }
    }
  }
  return tried;
}

/**
 * @param {FaultFacts} fault
 * @returns {(string | undefined)[]}
 */
function variantsOf({ id, variants }) {
  if (id === "certificate-bad") return [...variants, UNKNOWN_NAME];
  return variants.length > 0 ? variants : [undefined];
}

/**
 * @param {Bench} bench
 * @param {FaultFacts} fault
 * @param {string | undefined} variant
 * @param {boolean} usesTableApi
 * @returns {Promise<Tried>}
 */
async function tryFault(bench, fault, variant, usesTableApi) {
  /** @type {Outcome[]} */
  const outcomes = [];
  const actions = usesTableApi ? TABLE_API_ACTIONS : (OTHER_ACTIONS[fault.id] ?? ACTIONS);
  for (const action of actions) {
    outcomes.push(
      await bench.try({
        action,
        rule: ruleOf(fault, variant),
        signIn: signInOf(fault),
        lasts: LASTING.includes(fault.id),
        usesTableApi,
      }),
    );
  }
  const unmet = UNMET.get([fault.id, variant].filter(Boolean).join(" "));
  return { fault, variant, usesTableApi, outcomes, unmet };
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

Faults 23, 24 and 25 have been there since the alert first fired. Where something else meets a fault,
the row names it. The connector is one of \`createConnector\`, which asks no host but the instance (53);
in Kibana \`allowedHosts\` decides that, and [kibana.md](kibana.md) says what is told then.

*Again*: whether the error asks for another run, as a host that retries gives it one. *Then*: what
that run came to. ServiceNow holds *as wished* where the alert has exactly one incident, in the right
state and with the comment once; an incident that is described first is the alert's first one. Other
people's incidents, older and newer ones, stay as they are in every row. The remedy follows the text;
[errors.md](errors.md) has all codes. The simulator's [FAULTS.md](../simulator/FAULTS.md) has what
each fault does.

This page is made by running all of it: \`WRITE_DOCS=1 node --test tests/faults.test.js\` writes it
anew.

## By import set

The usual way, through the Elastic for ITSM application.
`;

const TABLE_API = `
## By the Table API

A deprecated connector writes to the incident table itself. What imports alone meet does not happen to
it, and an alert that fires again opens another incident, fault or not. Here is where the same fault
comes to something else than above.
`;

const HEAD = `| no. | fault | what happens | what the user sees | again | in ServiceNow | then |
| --- | --- | --- | --- | --- | --- | --- |`;

/**
 * @param {Tried[]} tried
 * @returns {string}
 */
export function page(tried) {
  const [byTableApi, byImport] = [true, false].map((usesTableApi) =>
    tried.filter((one) => one.usesTableApi === usesTableApi),
  );
  const others = byTableApi?.map((one, place) => difference(one, byImport?.[place])) ?? [];
  return [PREAMBLE, table(byImport ?? []), TABLE_API, table(others)].join("\n");
}

/** @param {Tried[]} tried */
const table = (tried) => `${HEAD}\n${tried.flatMap(rows).join("\n")}\n`;

/**
 * What met the fault and came to something else by the Table API than by import set.
 *
 * @param {Tried} tried
 * @param {Tried | undefined} byImport
 * @returns {Tried}
 */
function difference(tried, byImport) {
  /** @param {Outcome} outcome */
  const essence = (outcome) => {
    const [said, ...others] = cellsOf(outcome);
    return [outcome.error?.code ?? said, ...others].join("|");
  };
  const outcomes = tried.outcomes.filter((outcome) => {
    const other = byImport?.outcomes.find(({ action }) => action === outcome.action);
    return outcome.happened > 0 && (!other || essence(other) !== essence(outcome));
  });
  return { ...tried, outcomes };
}

/**
 * The rows of one fault: actions with the same outcome share one.
 *
 * @param {Tried} tried
 */
function rows({ fault, variant, outcomes, unmet }) {
  /** @type {Map<string, string[]>} */
  const shared = new Map();
  for (const outcome of outcomes) {
    const cells = cellsOf(outcome, unmet).map(escaped).join(" | ");
    shared.set(cells, [...(shared.get(cells) ?? []), outcome.action]);
  }
  const form = variant === undefined ? "" : `, ${variant}`;
  return [...shared].map(
    ([cells, actions]) =>
      `| ${fault.number} | ${escaped(fault.title)}${form} | ${actions.join("; ")} | ${cells} |`,
  );
}

/**
 * @param {Outcome} outcome
 * @param {string} [unmet]
 */
function cellsOf(outcome, unmet = "not met") {
  const { happened, error, errorAgain, achievedAgain } = outcome;
  const held = heldAfter(outcome);
  if (happened === 0) return [`nothing: ${unmet}`, "", held, ""];
  if (error === undefined) return [warningsOf(outcome), "", held, ""];
  const again = error.retry instanceof Date ? "later" : error.retry ? "yes" : "no";
  const then =
    achievedAgain === undefined
      ? ""
      : `${errorAgain ? `\`${errorAgain.code}\`, ` : ""}${achievedAgain ? "as wished" : "not as wished"}`;
  return [`\`${error.code}\` ${shortened(error.message)} *${error.remedy}*`, again, held, then];
}

/** @param {Outcome} outcome */
function heldAfter({ reads, achieved, changed, error, left }) {
  if (reads) return "nothing is written";
  if (achieved) return "as wished";
  return error && !changed ? "as before" : describe(left);
}

/**
 * What an action that succeeds has in its log.
 *
 * @param {Outcome} outcome
 */
function warningsOf({ warnings }) {
  const said = [...new Set(warnings)].map((text) => {
    const own = text.replace(/^\[[^\]]*\](\[[^\]]*\])? ?/, "");
    // One that repeats an error repeats its steps, too.
    return withoutIds(own.replace(/\[Action\].*?Error: /g, "").replace(/ \[status=.*$/, ""));
  });
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
