// Saves what a form holds: asks the instance first whether the connector would work. A form that is
// closed meanwhile saves nothing any more.

import { useEffect, useRef, useState } from "react";

import { ApiError, checkHealth } from "../../api/index.js";

/**
 * @import { Connector, ConnectorToSave } from "../../api/types.js"
 * @import { Failure } from "./failure_callout.jsx"
 */

/** Why a connector is not saved now, told like any failure. */
export class Refusal extends Error {
  /** @param {Failure} failure */
  constructor(failure) {
    super(failure.message);
    this.name = "Refusal";
    this.failure = failure;
  }
}

/**
 * @typedef {object} Saving
 * @property {boolean} isSaving
 * @property {Failure | undefined} failure of the last attempt
 * @property {(options: {
 *   connector: ConnectorToSave,
 *   check: boolean,
 *   save: (connector: ConnectorToSave, signal: AbortSignal) => Promise<Connector>,
 * }) => Promise<Connector | undefined>} run what was saved; nothing where that failed or
 *   the form was closed
 */

/** @returns {Saving} */
export function useSaving() {
  const [isSaving, setIsSaving] = useState(false);
  const [failure, setFailure] = useState(/** @type {Failure | undefined} */ (undefined));
  const closed = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    closed.current = controller;
    return () => controller.abort();
  }, []);
  return {
    isSaving,
    failure,
    async run({ connector, check, save }) {
      const { signal } = closed.current;
      setIsSaving(true);
      setFailure(undefined);
      try {
        if (check) {
          const { config, secrets } = connector;
          const health = await checkHealth({ config, secrets }, signal);
          signal.throwIfAborted();
          if (!health.ok) {
            setFailure(health);
            return undefined;
          }
        }
        return await save(connector, signal);
      } catch (error) {
        if (signal.aborted) return undefined;
        setFailure(failureOf(error));
        return undefined;
      } finally {
        setIsSaving(false);
      }
    },
  };
}

/**
 * @param {unknown} error
 * @returns {Failure}
 */
function failureOf(error) {
  if (error instanceof Refusal) return error.failure;
  if (error instanceof ApiError && error.statusCode === 404) {
    return {
      code: "connector_gone",
      message: "It was deleted meanwhile, maybe in another tab.",
      remedy: "Close it, and create a new connector.",
    };
  }
  return { message: error instanceof Error ? error.message : String(error) };
}
