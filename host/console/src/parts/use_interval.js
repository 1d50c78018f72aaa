// Does something again and again while somebody looks at the page.

import { useEffect, useRef } from "react";

/**
 * @param {() => Promise<unknown>} action waited for before the pause begins
 * @param {number | undefined} pauseMs never where it is absent
 */
export function useInterval(action, pauseMs) {
  const newest = useRef(action);
  newest.current = action;
  useEffect(() => {
    if (pauseMs === undefined) return undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    let isOver = false;
    const wait = () => {
      clearTimeout(timer);
      if (!isOver && !document.hidden) timer = setTimeout(act, pauseMs);
    };
    const act = () => newest.current().then(wait, wait);
    const onVisibility = () => {
      clearTimeout(timer);
      if (!document.hidden) act();
    };
    document.addEventListener("visibilitychange", onVisibility);
    wait();
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [pauseMs]);
}
