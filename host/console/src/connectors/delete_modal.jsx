// Deletes a connector, after a question.

import { EuiConfirmModal, useGeneratedHtmlId } from "@elastic/eui";
import { useState } from "react";

import { ApiError, deleteConnector } from "../api/index.js";
import { useToasts } from "../shell/toasts.jsx";

/**
 * @param {{
 *   connector: import("../api/types.js").Connector,
 *   onClose: () => void,
 *   onDeleted: () => void,
 * }} props
 */
export function DeleteModal({ connector, onClose, onDeleted }) {
  const { addSuccess, addDanger } = useToasts();
  const [isRunning, setIsRunning] = useState(false);
  const titleId = useGeneratedHtmlId({ prefix: "deleteTitle" });

  async function confirm() {
    setIsRunning(true);
    try {
      await deleteConnector(connector.id).catch(ignoreGone);
      addSuccess(`Deleted '${connector.name}'`);
      onDeleted();
    } catch (error) {
      addDanger(`Cannot delete '${connector.name}'`, Object(error).message);
      setIsRunning(false);
    }
  }

  return (
    <EuiConfirmModal
      title={`Delete '${connector.name}'?`}
      titleProps={{ id: titleId }}
      aria-labelledby={titleId}
      onCancel={onClose}
      onConfirm={confirm}
      cancelButtonText="Cancel"
      confirmButtonText="Delete"
      buttonColor="danger"
      isLoading={isRunning}
      data-test-subj="deleteModal"
    >
      Rules and alerts that use this connector will fail. A deleted connector cannot be recovered.
    </EuiConfirmModal>
  );
}

/**
 * A connector that was deleted elsewhere is as it should be.
 * @param {unknown} error
 */
function ignoreGone(error) {
  if (!(error instanceof ApiError) || error.statusCode !== 404) throw error;
}
