// The page's address: where it is, and the way to go somewhere else without loading anew.

import { useEffect, useMemo, useState } from "react";

import { makeContext } from "../shared/make_context.js";

/**
 * @typedef {object} Router
 * @property {string} path
 * @property {(path: string, options?: { replace?: boolean }) => void} navigate
 */

const context = /** @type {typeof makeContext<Router>} */ (makeContext)("RouterProvider");

/** @param {{ children: React.ReactNode }} props */
export function RouterProvider({ children }) {
  const [path, setPath] = useState(window.location.pathname);
  useEffect(() => {
    const follow = () => setPath(window.location.pathname);
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);
  const router = useMemo(
    () => ({
      path,
      /** @type {Router["navigate"]} */
      navigate(to, { replace = false } = {}) {
        if (to === window.location.pathname) return;
        window.history[replace ? "replaceState" : "pushState"](null, "", to);
        setPath(to);
      },
    }),
    [path],
  );
  return <context.Provider value={router}>{children}</context.Provider>;
}

export const useRouter = context.use;

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
