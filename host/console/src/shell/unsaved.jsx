// What would be lost: forms say that they hold unsaved changes, and whoever leaves them is asked first.

import { EuiConfirmModal, useGeneratedHtmlId } from "@elastic/eui";
import { useEffect, useMemo, useRef, useState } from "react";

import { makeContext } from "../parts/make_context.js";

/**
 * @typedef {object} Unsaved
 * @property {() => () => void} hold says that there are unsaved changes, until the answer is called
 * @property {() => boolean} isHeld
 * @property {(discard: () => void) => void} ask whether the changes may be lost
 */

const context = /** @type {typeof makeContext<Unsaved>} */ (makeContext)("UnsavedProvider");

/** @param {{ children: React.ReactNode }} props */
export function UnsavedProvider({ children }) {
  const [question, setQuestion] = useState(
    /** @type {{ discard: () => void } | undefined} */ (undefined),
  );
  const holders = useRef(/** @type {Set<symbol>} */ (new Set()));
  const unsaved = useMemo(
    () => ({
      hold() {
        const holder = Symbol("holder");
        holders.current.add(holder);
        return () => {
          holders.current.delete(holder);
          // What it asks about was saved meanwhile.
          setQuestion(undefined);
        };
      },
      isHeld: () => holders.current.size > 0,
      ask: (/** @type {() => void} */ discard) => setQuestion({ discard }),
    }),
    [],
  );
  useEffect(() => {
    const onLeave = (/** @type {BeforeUnloadEvent} */ event) => {
      if (unsaved.isHeld()) event.preventDefault();
    };
    window.addEventListener("beforeunload", onLeave);
    return () => window.removeEventListener("beforeunload", onLeave);
  }, [unsaved]);
  return (
    <context.Provider value={unsaved}>
      {children}
      {question && (
        <Question
          onStay={() => setQuestion(undefined)}
          onDiscard={() => {
            setQuestion(undefined);
            question.discard();
          }}
        />
      )}
    </context.Provider>
  );
}

export const useUnsaved = context.use;

/**
 * Guards a form.
 *
 * @param {boolean} isDirty
 * @returns {(leave: () => void) => void} leaves at once where nothing is lost, and asks otherwise
 */
export function useDiscard(isDirty) {
  const { hold, ask } = useUnsaved();
  useEffect(() => (isDirty ? hold() : undefined), [isDirty, hold]);
  return (leave) => (isDirty ? ask(leave) : leave());
}

/** @param {{ onStay: () => void, onDiscard: () => void }} props */
function Question({ onStay, onDiscard }) {
  const titleId = useGeneratedHtmlId({ prefix: "discardTitle" });
  return (
    <EuiConfirmModal
      title="Discard unsaved changes?"
      titleProps={{ id: titleId }}
      aria-labelledby={titleId}
      onCancel={onStay}
      onConfirm={onDiscard}
      cancelButtonText="Go on editing"
      confirmButtonText="Discard"
      buttonColor="danger"
      data-test-subj="discardModal"
    >
      What you entered is not saved.
    </EuiConfirmModal>
  );
}
