// The alerts of the rule: each fires and recovers by itself.

import { EuiButton, EuiFieldText, EuiFormRow, EuiSpacer, EuiTitle } from "@elastic/eui";
import { useState } from "react";

import { AlertCard } from "./alert_card.jsx";

/** @param {{ playground: import("./use_playground.js").PlaygroundState }} props */
export function Alerts({ playground }) {
  const { alertIds, removeAlert } = playground;
  return (
    <section aria-labelledby="alerts" data-test-subj="alerts">
      <EuiTitle size="xs">
        <h2 id="alerts">Alerts</h2>
      </EuiTitle>
      <EuiSpacer size="m" />
      {alertIds.map((id) => (
        <AlertCard
          key={id}
          alertId={id}
          playground={playground}
          onRemove={alertIds.length > 1 ? () => removeAlert(id) : undefined}
        />
      ))}
      <AddAlert playground={playground} />
    </section>
  );
}

/** @param {{ playground: import("./use_playground.js").PlaygroundState }} props */
function AddAlert({ playground }) {
  const { alertIds, addAlert } = playground;
  const [id, setId] = useState("");
  const isTaken = alertIds.includes(id);
  const isUsable = id.trim() !== "" && !isTaken;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isUsable) return;
        addAlert(id);
        setId("");
      }}
    >
      <EuiFormRow
        fullWidth
        label="ID of another alert"
        isInvalid={isTaken}
        error="There is an alert of this ID already."
      >
        <EuiFieldText
          fullWidth
          value={id}
          isInvalid={isTaken}
          placeholder={`web-${alertIds.length + 1}`}
          onChange={(event) => setId(event.target.value)}
          data-test-subj="newAlertId"
          append={
            <EuiButton
              type="submit"
              iconType="plus"
              isDisabled={!isUsable}
              data-test-subj="addAlert"
            >
              Add
            </EuiButton>
          }
        />
      </EuiFormRow>
    </form>
  );
}
