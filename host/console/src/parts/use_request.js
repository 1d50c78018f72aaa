// Loads what a view shows, and loads it again.

import { useCallback, useEffect, useRef, useState } from "react";

/**
 * @template T
 * @typedef {object} Loaded
 * @property {T | undefined} data the newest that came, also while newer is loaded
 * @property {Error | undefined} error of the last load
 * @property {boolean} isLoading
 * @property {() => Promise<void>} reload
 */

/**
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} load is called again when `key` changes
 * @param {string} [key]
 * @returns {Loaded<T>}
 */
export function useRequest(load, key = "") {
  const [state, setState] = useState(
    /** @type {{ data?: T, error?: Error, isLoading: boolean }} */ ({ isLoading: true }),
  );
  const newestLoad = useRef(load);
  newestLoad.current = load;
  const running = useRef(/** @type {AbortController | undefined} */ (undefined));

  const reload = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState(({ data }) => ({ data, isLoading: true }));
    try {
      const data = await newestLoad.current(controller.signal);
      if (!controller.signal.aborted) setState({ data, isLoading: false });
    } catch (thrown) {
      if (controller.signal.aborted) return;
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      setState(({ data }) => ({ data, error, isLoading: false }));
    }
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when to load again
  useEffect(() => {
    reload();
    return () => running.current?.abort();
  }, [reload, key]);

  return { data: state.data, error: state.error, isLoading: state.isLoading, reload };
}
