// The incidents, looked at again while the page is visible. What has changed stays marked until
// something else does.

import { useRef } from "react";

import { listIncidents } from "../api/index.js";
import { useInterval } from "../parts/use_interval.js";
import { useRequest } from "../parts/use_request.js";
import { watched } from "./changes.js";

const EVERY_MS = 1500;

/** @typedef {import("./changes.js").WatchedIncident} WatchedIncident */

export function useIncidents() {
  const last = useRef(/** @type {WatchedIncident[] | undefined} */ (undefined));
  const { data, error, reload } = useRequest(async (signal) => {
    const { incidents } = await listIncidents(signal);
    const now = watched(incidents, last.current);
    const hasNews = now.some(({ change }) => change !== undefined);
    if (last.current && !hasNews && last.current.length === now.length) return last.current;
    last.current = now;
    return now;
  });
  useInterval(reload, EVERY_MS);
  return { incidents: data, error, reload };
}
