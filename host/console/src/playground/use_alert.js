// One alert: what was asked of the host for it.

import { useState } from "react";

import { runRuleAction } from "../api/index.js";
import { forAlert } from "./variables.js";

/** @typedef {import("./use_playground.js").Group} Group */

/** @typedef {{ group: Group, taskId: string }} AlertRun */

/**
 * @param {string} alertId
 * @param {import("./use_playground.js").PlaygroundState} playground
 */
export function useAlert(alertId, { connector, variables, templates }) {
  const [runs, setRuns] = useState(/** @type {AlertRun[]} */ ([]));
  const [pending, setPending] = useState(/** @type {Group | undefined} */ (undefined));
  const [error, setError] = useState(/** @type {Error | undefined} */ (undefined));

  /** @param {Group} group */
  const run = async (group) => {
    if (!variables) return;
    setPending(group);
    setError(undefined);
    try {
      const { task_id: taskId } = await runRuleAction({
        connector_id: connector.id,
        params: templates[group].params,
        variables: forAlert(variables, alertId, group),
      });
      setRuns((before) => [{ group, taskId }, ...before]);
    } catch (thrown) {
      setError(/** @type {Error} */ (thrown));
    } finally {
      setPending(undefined);
    }
  };

  return { runs, pending, error, run };
}
