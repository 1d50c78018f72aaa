// What differs between the generations of the host (kibana-host.md 0), in one table.
//
// The rest of the host asks this table and never compares versions.

/** @typedef {"9.2" | "9.3" | "9.4"} GenerationName */

/**
 * @typedef {object} Generation
 * @property {"validate" | "parse"} schemaMethod the method of a schema object that the host calls
 * @property {string} typeNoun how the messages about config and secrets call a connector type
 * @property {boolean} skipsMissingSecrets whether missing secrets skip their validator; otherwise
 *   they are validated as an empty object
 * @property {boolean} overwritesErrorSource whether a returned error always becomes the user's
 * @property {boolean} passesGlobalAuthHeaders
 * @property {boolean} passesSignal whether the executor is given `signal` and a token client at
 *   the top level
 * @property {boolean} blamesUserForBrokenTls whether a connection cut before TLS stood is the
 *   user's fault
 * @property {boolean} listsTypeSource whether the list of types says where a type comes from
 * @property {number} longestFeatureId
 * @property {readonly string[]} featureIds
 * @property {string} tokenIdPrefix
 * @property {(id: string) => string} idTaken the text when a connector has that id already
 */

const FEATURE_IDS = [
  "alerting",
  "cases",
  "uptime",
  "siem",
  "generativeAIForSecurity",
  "generativeAIForObservability",
  "generativeAIForSearchPlayground",
  "endpointSecurity",
];

/** @type {Generation} */
const V9_2 = {
  schemaMethod: "validate",
  typeNoun: "action type",
  skipsMissingSecrets: false,
  overwritesErrorSource: true,
  passesGlobalAuthHeaders: false,
  passesSignal: false,
  blamesUserForBrokenTls: false,
  listsTypeSource: false,
  longestFeatureId: Infinity,
  featureIds: FEATURE_IDS,
  tokenIdPrefix: "",
  idTaken: (id) => `Saved object [action/${id}] conflict`,
};

/** @type {Generation} */
const V9_3 = {
  ...V9_2,
  schemaMethod: "parse",
  typeNoun: "connector type",
  skipsMissingSecrets: true,
  overwritesErrorSource: false,
  passesGlobalAuthHeaders: true,
  listsTypeSource: true,
  featureIds: [...FEATURE_IDS, "workflows"],
};

/** @type {Generation} */
const V9_4 = {
  ...V9_3,
  passesSignal: true,
  blamesUserForBrokenTls: true,
  longestFeatureId: 100,
  featureIds: [...V9_3.featureIds, "agentBuilder"],
  tokenIdPrefix: "shared:",
  idTaken: (id) => `A connector is already using this ID: ${id}. Choose a different ID.`,
};

/** @type {ReadonlyMap<string, Generation>} */
const GENERATIONS = new Map([
  ["9.2", V9_2],
  ["9.3", V9_3],
  ["9.4", V9_4],
]);

/** The generation that a host has when none is named. */
export const NEWEST = "9.4";

/**
 * @param {string} name
 * @returns {Generation}
 */
export function generationOf(name) {
  const generation = GENERATIONS.get(name);
  if (generation === undefined) {
    const known = [...GENERATIONS.keys()].join(", ");
    throw new TypeError(`generation ${JSON.stringify(name)} is not known: use one of ${known}`);
  }
  return generation;
}
