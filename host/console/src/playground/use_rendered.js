// The rendered fields of params, a moment after something has changed.

import { useEffect, useState } from "react";

import { renderFields } from "./render.js";

/** A pause in typing. */
const PAUSE_MS = 120;

/** @typedef {import("../params/use_params_form.js").RenderedFields} RenderedFields */

/**
 * @param {import("../params/params.js").ActionParams} params
 * @param {import("./examples/index.js").Variables | undefined} variables none while they are no JSON
 * @returns {{ fields: RenderedFields, problem?: string }}
 */
export function useRendered(params, variables) {
  const [rendered, setRendered] = useState(
    /** @type {{ fields: RenderedFields, problem?: string }} */ ({ fields: {} }),
  );
  useEffect(() => {
    if (!variables) {
      setRendered({ fields: {} });
      return undefined;
    }
    let isCurrent = true;
    const show = (/** @type {typeof rendered} */ next) => isCurrent && setRendered(next);
    const timer = setTimeout(() => {
      renderFields(params, variables).then(
        (fields) => show({ fields }),
        (error) => show({ fields: {}, problem: error.message }),
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [params, variables]);
  return rendered;
}
