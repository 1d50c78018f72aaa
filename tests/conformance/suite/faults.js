// What happens after a fault of the module, by the module whose faults are on purpose
// (src/wasm/traps.rs). Engines differ in what a fault is; tests/traps.test.js has more, in Node.

import { equal, failureOf } from "./expect.js";
import { runCases } from "./suite.js";

/** @typedef {(fault: string) => import("./suite.js").Case} CaseOf */

const SETTINGS = { apiUrl: "https://dev1.service-now.com", username: "elastic", password: "pw" };
const FAULTS = ["TRAP: panic", "TRAP: stack", "TRAP: throw"];
const CHOICES = { fields: ["urgency"] };

/** @type {CaseOf} */
const duringACall = (fault) => [
  `${fault}: a call fails, and the next one does not`,
  async (it) => {
    const type = it.getConnectorType();
    const { schema } = type.validate.config;
    for (let round = 0; round < 3; round++) {
      const error = await failureOf(() => schema.parse({ apiUrl: fault }));
      equal([error.code, error.retry], ["internal", false]);
      equal(schema.parse({ apiUrl: "https://a.test" }).isOAuth, false);
    }
  },
];

/** @type {CaseOf} */
const afterAnAnswer = (fault) => [
  `${fault}: the actions under way fail, and the next one does not`,
  async (it) => {
    /** @type {((body: string) => void)[]} */
    const waiting = [];
    /** @type {any} */
    const fetch = () =>
      new Promise((resolve) => {
        waiting.push((body) => resolve(new Response(body)));
      });
    const asked = async (/** @type {number} */ count) => {
      while (waiting.length < count) await new Promise((resolve) => setTimeout(resolve));
    };
    const serviceNow = it.createConnector({ ...SETTINGS, fetch });
    const failing = [1, 2].map(() => failureOf(() => serviceNow.getChoices(CHOICES)));
    await asked(2);
    waiting[0]?.(fault);
    equal(
      (await Promise.all(failing)).map(({ code }) => code),
      ["internal", "internal"],
    );
    const next = serviceNow.getChoices(CHOICES);
    await asked(3);
    for (const answer of waiting) answer('{"result":[]}');
    equal(await next, []);
  },
];

/** @param {import("./suite.js").Package} it on the module with faults */
export const runFaults = (it) =>
  runCases(
    it,
    FAULTS.flatMap((fault) => [duringACall(fault), afterAnAnswer(fault)]),
  );
