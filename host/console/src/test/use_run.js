// Runs a connector once, and keeps what came of it. A run that was begun goes on when its form is
// gone, and then a toast tells of it.

import { useEffect, useRef, useState } from "react";

import { executeConnector } from "../api/index.js";
import { NOTHING_TO_DO } from "../results/execution_result.jsx";
import { plainFailure } from "../results/failure_text.js";
import { useToasts } from "../shell/toasts.jsx";

/** @typedef {import("../api/types.js").ExecutionResult} ExecutionResult */
/** @typedef {import("../params/params.js").ActionParams} ActionParams */

/**
 * @typedef {object} Run
 * @property {boolean} isRunning
 * @property {ActionParams["subAction"]} [subAction] what was asked for
 * @property {ExecutionResult} [result]
 * @property {Error} [error]
 */

/** @param {import("../api/types.js").Connector} connector */
export function useRun({ id, name }) {
  const { addSuccess, addDanger } = useToasts();
  const [state, setState] = useState(/** @type {Run} */ ({ isRunning: false }));
  /** The run that the form waits for. */
  const awaited = useRef(/** @type {object | undefined} */ (undefined));
  useEffect(
    () => () => {
      awaited.current = undefined;
    },
    [],
  );

  /** @param {Run} ended */
  const tell = ({ subAction, result, error }) => {
    if (result?.status === "ok") addSuccess(`Test of ${name}`, wordsOf(result.data, subAction));
    else addDanger(`Test of ${name}`, plainFailure(reasonOf(result) ?? error?.message ?? ""));
  };

  /** @param {ActionParams} params */
  const run = async (params) => {
    const { subAction } = params;
    const own = {};
    awaited.current = own;
    setState({ isRunning: true });
    const ended = { isRunning: false, subAction, ...(await outcomeOf(id, params)) };
    if (awaited.current === own) setState(ended);
    else tell(ended);
  };
  const clear = () => {
    awaited.current = undefined;
    setState({ isRunning: false });
  };
  return { state, run, clear };
}

/**
 * @param {string} id
 * @param {ActionParams} params
 * @returns {Promise<{ result: ExecutionResult } | { error: Error }>}
 */
async function outcomeOf(id, params) {
  try {
    return { result: await executeConnector(id, params) };
  } catch (thrown) {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }
}

/**
 * @param {any} data
 * @param {ActionParams["subAction"]} [subAction]
 */
function wordsOf(data, subAction) {
  if (!data?.title) return NOTHING_TO_DO;
  return subAction === "closeIncident"
    ? `Incident ${data.title} is closed.`
    : `ServiceNow has incident ${data.title} now.`;
}

/** @param {ExecutionResult} [result] */
function reasonOf(result) {
  return result?.status === "error" ? (result.service_message ?? result.message) : undefined;
}
