// The title of the browser's tab.

import { useEffect } from "react";

/** @param {string} title */
export function useTitle(title) {
  useEffect(() => {
    document.title = `${title} · ServiceNow ITSM`;
  }, [title]);
}
