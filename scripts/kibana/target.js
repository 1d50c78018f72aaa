// What a Kibana plugin is built for: the exact Kibana, and the connector type's ID in it.

import { SetupError } from "../lib/failure.js";

/** Not `.servicenow`: Kibana registers its own type under that, and takes an ID only once. */
export const DEFAULT_CONNECTOR_ID = "servicenowConnector.itsm";

/** The IDs of Kibana's own ServiceNow types (kibana-host.md 1.1). */
const BUILT_IN_IDS = [".servicenow", ".servicenow-sir", ".servicenow-itom"];

const EXAMPLE = "npm run build:kibana -- --kibana-version 9.2.1";

/**
 * @typedef {object} Target
 * @property {string} kibanaVersion
 * @property {string} connectorId
 * @property {import("../../js/types.js").SchemaLibrary} schemaLibrary what this Kibana checks with
 * @property {boolean} isBuiltIn whether a type of Kibana's own has this ID
 */

/**
 * @param {{ kibanaVersion?: string, connectorId?: string }} given
 * @returns {Target}
 * @throws {SetupError}
 */
export function readTarget({ kibanaVersion, connectorId = DEFAULT_CONNECTOR_ID }) {
  const version = readVersion(kibanaVersion);
  // The ID becomes part of names in Kibana: of tasks, of saved objects, of loggers.
  if (!/^\.?[A-Za-z][\w-]*(\.[\w-]+)*$/.test(connectorId)) {
    throw new SetupError(
      `--connector-id: ${JSON.stringify(connectorId)} cannot be a connector type's ID.`,
      `Use letters, digits, "-" and "_", in parts that are separated by dots, such as ${DEFAULT_CONNECTOR_ID}`,
    );
  }
  return {
    kibanaVersion: version.join("."),
    connectorId,
    schemaLibrary: schemaLibraryOf(version),
    isBuiltIn: BUILT_IN_IDS.includes(connectorId),
  };
}

/**
 * @param {string | undefined} text
 * @returns {[number, number, number]}
 */
function readVersion(text) {
  if (text === undefined) {
    throw new SetupError(
      "--kibana-version is missing: Kibana installs a plugin only if it was built for its exact version.",
      `Give the version that the page Help, or GET /api/status, shows: ${EXAMPLE}`,
    );
  }
  const parts = /^(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})$/.exec(text);
  if (!parts) {
    const named = JSON.stringify(text);
    throw new SetupError(
      text === "kibana"
        ? `--kibana-version: Kibana's installer refuses a plugin for ${named}, that is, for any version.`
        : `--kibana-version: ${named} is no version of Kibana.`,
      `Give all three numbers and nothing else: ${EXAMPLE}`,
    );
  }
  const [, major, minor, patch] = parts.map(Number);
  const version = /** @type {[number, number, number]} */ ([major, minor, patch]);
  if (isBefore(version, [8, 15])) {
    throw new SetupError(
      `--kibana-version: ${text} is too old: the connector type needs Kibana 8.15 or later.`,
      "Update Kibana, and build the plugin for its new version.",
    );
  }
  return version;
}

/**
 * Kibana 9.3 calls what later ones call too, and only its version tells it from them
 * (kibana-host.md 0).
 *
 * @param {[number, number, number]} version
 */
function schemaLibraryOf(version) {
  if (isBefore(version, [9, 3])) return "config-schema";
  return isBefore(version, [9, 4]) ? "zod3" : "zod4";
}

/**
 * @param {[number, number, number]} version
 * @param {[number, number]} other
 */
function isBefore([major, minor], [otherMajor, otherMinor]) {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
