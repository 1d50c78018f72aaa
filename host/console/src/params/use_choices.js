// The choices of the instance behind a connector, asked for once for each connector.

import { useEffect, useState } from "react";

import { executeConnector } from "../api/index.js";
import { plainFailure } from "../results/failure_text.js";
import { useToasts } from "../shell/toasts.jsx";
import { CHOICE_FIELDS } from "./choices.js";

/** @typedef {{ choices: readonly import("./choices.js").Choice[], isLoading: boolean }} LoadedChoices */

/** @type {LoadedChoices} */
const LOADING = { choices: [], isLoading: true };

/**
 * @param {string | undefined} connectorId
 * @returns {LoadedChoices} none where they cannot be had, which is said once
 */
export function useChoices(connectorId) {
  const { addDanger } = useToasts();
  const [loaded, setLoaded] = useState(LOADING);
  useEffect(() => {
    if (connectorId === undefined) return undefined;
    const controller = new AbortController();
    setLoaded(LOADING);
    choicesOf(connectorId, controller.signal).then(
      (choices) => setLoaded({ choices, isLoading: false }),
      (error) => {
        if (controller.signal.aborted) return;
        setLoaded({ choices: [], isLoading: false });
        addDanger("Unable to get choices", error.message);
      },
    );
    return () => controller.abort();
  }, [connectorId, addDanger]);
  return loaded;
}

/**
 * @param {string} connectorId
 * @param {AbortSignal} signal
 * @returns {Promise<import("./choices.js").Choice[]>}
 */
async function choicesOf(connectorId, signal) {
  const params = { subAction: "getChoices", subActionParams: { fields: [...CHOICE_FIELDS] } };
  const result = await executeConnector(connectorId, params, signal);
  if (result.status === "error")
    throw new Error(plainFailure(result.service_message ?? result.message));
  return Array.isArray(result.data) ? result.data : [];
}
