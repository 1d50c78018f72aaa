// Saves what a form holds: asks the instance first whether the connector would work.

import { useState } from "react";

import { checkHealth } from "../../api/index.js";

/**
 * @import { Connector, ConnectorToSave } from "../../api/types.js"
 * @import { Failure } from "./failure_callout.jsx"
 */

/**
 * @typedef {object} Saving
 * @property {boolean} isSaving
 * @property {Failure | undefined} failure of the last attempt
 * @property {(options: {
 *   connector: ConnectorToSave,
 *   check: boolean,
 *   save: (connector: ConnectorToSave) => Promise<Connector>,
 * }) => Promise<Connector | undefined>} run what was saved; nothing where that failed
 */

/** @returns {Saving} */
export function useSaving() {
  const [isSaving, setIsSaving] = useState(false);
  const [failure, setFailure] = useState(/** @type {Failure | undefined} */ (undefined));
  return {
    isSaving,
    failure,
    async run({ connector, check, save }) {
      setIsSaving(true);
      setFailure(undefined);
      try {
        if (check) {
          const health = await checkHealth({
            config: connector.config,
            secrets: connector.secrets,
          });
          if (!health.ok) {
            setFailure(health);
            return undefined;
          }
        }
        return await save(connector);
      } catch (error) {
        setFailure({ message: error instanceof Error ? error.message : String(error) });
        return undefined;
      } finally {
        setIsSaving(false);
      }
    },
  };
}
