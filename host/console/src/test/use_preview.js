// The preview of the params that are in the form, a moment after they have changed.

import { useEffect, useState } from "react";

import { previewRequests } from "./preview_requests.js";

/** A pause in typing. */
const PAUSE_MS = 250;

/** @typedef {import("./preview_requests.js").ShownRequest} ShownRequest */

/**
 * @param {import("../api/types.js").Connector} connector
 * @param {import("../params/params.js").ActionParams} params
 * @returns {{ requests?: ShownRequest[], problem?: string }} neither while the first is being built
 */
export function usePreview(connector, params) {
  const [preview, setPreview] = useState(
    /** @type {{ requests?: ShownRequest[], problem?: string }} */ ({}),
  );
  useEffect(() => {
    let isCurrent = true;
    const show = (/** @type {typeof preview} */ next) => isCurrent && setPreview(next);
    const timer = setTimeout(() => {
      previewRequests(connector, params).then(
        (requests) => show({ requests }),
        (error) => show({ problem: error.message }),
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [connector, params]);
  return preview;
}
