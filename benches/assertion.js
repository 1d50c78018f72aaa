// How long it takes to sign in: a JWT assertion, beside the libraries that others sign it with.

import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, createVerify } from "node:crypto";
import { actionAlone, PURE_JAVASCRIPT, WAYS } from "./assertion/contenders.js";
import { makeKeys } from "./assertion/keys.js";
import { measure } from "./measure.js";
import { format } from "./report/text.js";
import { medianOf, OURS } from "./report/types.js";

/**
 * @import { Key } from "./assertion/keys.js"
 * @import { Goal, Group, Report } from "./report/types.js"
 */

const SIZES = [2048, 3072, 4096];
/** Fewer than usual: the slowest of them take a fifth of a second. */
const OPTIONS = { rounds: 12, warmUp: 150 };

const ABOUT = `An assertion as ServiceNow wants it (RS256, with \`kid\`), signed with keys of three sizes, plain and as
OpenSSL encrypts them (PKCS#8, PBES2: AES-256-CBC, PBKDF2 with 2048 iterations). This package signs as it
does in use: \`createConnector\`, and an action whose token is never good for a second one; every figure of
it contains that whole action. \`jsonwebtoken\` (which the built-in type has) and \`jose\` leave the
signature to OpenSSL, which only Node has; \`node-forge\` and \`jsrsasign\` compute it in JavaScript, as
others would have to in a browser. Every assertion is verified once. "First" is the first of a connector,
which opens the key; "next" are all later ones, with the open key kept by whoever can. jsonwebtoken is
given the PEM each time, as the built-in type does.`;

/** @returns {Promise<Report>} */
export async function run() {
  /** @type {Group[]} */
  const first = [];
  /** @type {Group[]} */
  const next = [];
  for (const key of SIZES.flatMap(makeKeys)) {
    const ways = Object.entries(WAYS).map(([name, way]) => ({ name, ...way(key) }));
    for (const way of ways) {
      assertGood(key, await way.first(0), way.name);
      assertGood(key, await way.next(0), way.name);
    }
    const name = `RSA ${key.bits}, ${key.form}`;
    const of = (/** @type {"first" | "next"} */ which) =>
      measure(Object.fromEntries(ways.map((way) => [way.name, way[which]])), OPTIONS);
    first.push({ name, figures: await of("first") });
    next.push(withGoal({ name, figures: await of("next") }));
  }
  const { alone } = await measure({ alone: actionAlone() });
  const common = /** @type {const} */ ({ unit: "ms", better: "shorter" });
  return {
    name: "assertion",
    title: "Signing in",
    about: ABOUT,
    series: [
      { id: "assertion-next", title: "The next assertion of a connector", ...common, groups: next },
      {
        id: "assertion-first",
        title: "The first assertion of a connector",
        ...common,
        groups: first,
      },
    ],
    goals: [...goalsOf(next, "next"), ...goalsOf(first, "first")],
    notes: [`An action that need not sign in takes ${format(alone.median)} ms of it.`],
  };
}

/**
 * @param {Key} key
 * @param {unknown} assertion
 * @param {string} name
 */
function assertGood({ pem, passphrase }, assertion, name) {
  const [header = "", claims = "", signature = ""] = String(assertion).split(".");
  const publicKey = createPublicKey(createPrivateKey({ key: pem, passphrase }));
  const isGood = createVerify("sha256")
    .update(`${header}.${claims}`)
    .verify(publicKey, signature, "base64url");
  assert.ok(isGood, `${name} signed wrongly`);
}

/** @param {Group} group */
function fastestInJavaScript(group) {
  return Math.min(...PURE_JAVASCRIPT.map((name) => medianOf(group, name)));
}

/**
 * @param {Group} group
 * @returns {Group}
 */
function withGoal(group) {
  return { ...group, goal: fastestInJavaScript(group) / 4 };
}

/**
 * The lowest of all groups' factors is what counts.
 *
 * @param {Group[]} groups
 * @param {string} which
 * @returns {Goal[]}
 */
function goalsOf(groups, which) {
  const factors = groups.map((group) => fastestInJavaScript(group) / medianOf(group, OURS));
  const at3072 = groups.find(({ name }) => name === "RSA 3072, plain");
  const beside = at3072 ? medianOf(at3072, OURS) / medianOf(at3072, "jsonwebtoken") : Number.NaN;
  return [
    {
      text: `The ${which} assertion beside the fastest in pure JavaScript, at any size`,
      measured: Math.min(...factors),
      kind: "at least",
      bound: 4,
      unit: "times as fast",
    },
    {
      text: `The ${which} assertion beside jsonwebtoken, RSA 3072`,
      measured: beside,
      kind: "at most",
      bound: 5,
      unit: "times its time",
    },
  ];
}
