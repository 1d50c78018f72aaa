// Short messages about what was done.

import { useCallback, useMemo, useRef, useState } from "react";

import { makeContext } from "../parts/make_context.js";
import { ToastList } from "./toast_list.jsx";

/**
 * @typedef {object} Toasts
 * @property {(title: string, text?: React.ReactNode) => void} addSuccess
 * @property {(title: string, text?: React.ReactNode) => void} addDanger
 */

const context = /** @type {typeof makeContext<Toasts>} */ (makeContext)("ToastsProvider");

/** @param {{ children: React.ReactNode }} props */
export function ToastsProvider({ children }) {
  const [toasts, setToasts] = useState(
    /** @type {import("@elastic/eui").EuiGlobalToastListToast[]} */ ([]),
  );
  const lastId = useRef(0);
  const add = useCallback(
    /** @param {Omit<(typeof toasts)[number], "id">} toast */
    (toast) => {
      lastId.current += 1;
      const id = String(lastId.current);
      setToasts((shown) => [...shown, { ...toast, id }]);
    },
    [],
  );
  const value = useMemo(
    () => ({
      /** @type {Toasts["addSuccess"]} */
      addSuccess: (title, text) => add({ title, text, color: "success", iconType: "check" }),
      /** @type {Toasts["addDanger"]} */
      addDanger: (title, text) => add({ title, text, color: "danger", iconType: "error" }),
    }),
    [add],
  );
  return (
    <context.Provider value={value}>
      {children}
      <ToastList
        toasts={toasts}
        onDismiss={(id) => setToasts((shown) => shown.filter((toast) => toast.id !== id))}
      />
    </context.Provider>
  );
}

export const useToasts = context.use;
