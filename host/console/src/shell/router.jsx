// The page's address: where it is, and the way to go somewhere else without loading anew.

import { useEffect, useMemo, useRef, useState } from "react";

import { makeContext } from "../parts/make_context.js";
import { useUnsaved } from "./unsaved.jsx";

/**
 * @typedef {object} Router
 * @property {string} path
 * @property {boolean} hasMoved the page was not loaded at this address
 * @property {(path: string, options?: { replace?: boolean }) => void} navigate
 */

const context = /** @type {typeof makeContext<Router>} */ (makeContext)("RouterProvider");

/** @param {{ children: React.ReactNode }} props */
export function RouterProvider({ children }) {
  const [path, setPath] = useState(window.location.pathname);
  const [hasMoved, setHasMoved] = useState(false);
  const step = useRef(currentStep());
  const { isHeld, ask } = useUnsaved();
  useEffect(() => {
    /** Discarding goes on the way that the question stopped. */
    let isDiscarding = false;
    const follow = () => {
      const steps = currentStep() - step.current;
      if (steps === 0) return;
      if (isHeld() && !isDiscarding) {
        // The browser has gone there already.
        window.history.go(-steps);
        ask(() => {
          isDiscarding = true;
          window.history.go(steps);
        });
        return;
      }
      isDiscarding = false;
      step.current += steps;
      setPath(window.location.pathname);
      setHasMoved(true);
    };
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, [isHeld, ask]);
  const router = useMemo(
    () => ({
      path,
      hasMoved,
      /** @type {Router["navigate"]} */
      navigate(to, { replace = false } = {}) {
        if (to === window.location.pathname) return;
        if (!replace) {
          step.current += 1;
          setHasMoved(true);
        }
        window.history[replace ? "replaceState" : "pushState"]({ step: step.current }, "", to);
        setPath(to);
      },
    }),
    [path, hasMoved],
  );
  return <context.Provider value={router}>{children}</context.Provider>;
}

export const useRouter = context.use;

/** How many steps the browser's history holds before this one, of those that the page made. */
function currentStep() {
  return Number(window.history.state?.step ?? 0);
}

/**
 * What makes an element a link inside the page: its address, and a click that does not load anew.
 * @param {string} to
 */
export function useLink(to) {
  const { navigate } = useRouter();
  return {
    href: to,
    /** @param {React.MouseEvent} event */
    onClick(event) {
      // Another tab or window is the browser's business.
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
        return;
      }
      event.preventDefault();
      navigate(to);
    },
  };
}
