// Runs a connector once, and keeps what came of it.

import { useEffect, useRef, useState } from "react";

import { executeConnector } from "../api/index.js";

/** @typedef {import("../api/types.js").ExecutionResult} ExecutionResult */

/** @typedef {{ isRunning: boolean, result?: ExecutionResult, error?: Error }} Run */

/** @param {string} connectorId */
export function useRun(connectorId) {
  const [state, setState] = useState(/** @type {Run} */ ({ isRunning: false }));
  const running = useRef(/** @type {AbortController | undefined} */ (undefined));
  useEffect(() => () => running.current?.abort(), []);

  /** @param {import("../params/params.js").ActionParams} params */
  const run = async (params) => {
    const controller = new AbortController();
    running.current = controller;
    setState({ isRunning: true });
    try {
      const result = await executeConnector(connectorId, params, controller.signal);
      if (!controller.signal.aborted) setState({ isRunning: false, result });
    } catch (thrown) {
      if (controller.signal.aborted) return;
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      setState({ isRunning: false, error });
    }
  };
  const clear = () => {
    running.current?.abort();
    setState({ isRunning: false });
  };
  return { ...state, run, clear };
}
