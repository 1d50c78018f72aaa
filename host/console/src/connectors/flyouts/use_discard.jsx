// Asks before a form with changes in it is closed.

import { EuiConfirmModal, useGeneratedHtmlId } from "@elastic/eui";
import { useState } from "react";

/**
 * @param {boolean} isDirty
 * @param {() => void} close
 */
export function useDiscard(isDirty, close) {
  const [isAsking, setIsAsking] = useState(false);
  const titleId = useGeneratedHtmlId({ prefix: "discardTitle" });
  return {
    close: () => (isDirty ? setIsAsking(true) : close()),
    modal: isAsking && (
      <EuiConfirmModal
        title="Discard unsaved changes?"
        titleProps={{ id: titleId }}
        aria-labelledby={titleId}
        onCancel={() => setIsAsking(false)}
        onConfirm={close}
        cancelButtonText="Go on editing"
        confirmButtonText="Discard"
        buttonColor="danger"
        data-test-subj="discardModal"
      >
        What you entered is not saved.
      </EuiConfirmModal>
    ),
  };
}
