// The Test tab of a connector: runs its actions, shows what would be sent and what came of it.

import { EuiAccordion, EuiButton, EuiPanel, EuiSpacer, EuiTitle } from "@elastic/eui";
import { useRef, useState } from "react";

import { emptyResolve, emptyTrigger } from "../params/params.js";
import { ParamsForm } from "../params/params_form.jsx";
import { useChoices } from "../params/use_choices.js";
import { errorsOf } from "../params/validate.js";
import { EventAction } from "./event_action.jsx";
import { Outcome } from "./outcome.jsx";
import { Preview } from "./preview.jsx";
import { useRun } from "./use_run.js";

/** @param {{ connector: import("../api/types.js").Connector }} props */
export function TestTab({ connector }) {
  const [params, setParams] = useState(emptyTrigger);
  const [showErrors, setShowErrors] = useState(false);
  const loaded = useChoices(connector.id);
  const test = useRun(connector);
  const form = useRef(/** @type {HTMLDivElement | null} */ (null));
  const errors = errorsOf(params);

  /** @param {typeof params.subAction} subAction */
  const switchTo = (subAction) => {
    setParams(subAction === "pushToService" ? emptyTrigger() : emptyResolve());
    setShowErrors(false);
    test.clear();
  };
  const run = () => {
    setShowErrors(true);
    if (Object.keys(errors).length === 0) test.run(params);
    // The fields are drawn as invalid first.
    else setTimeout(() => focusFirstInvalid(form.current));
  };

  return (
    <div ref={form} data-test-subj="testForm">
      <EventAction value={params.subAction} onChange={switchTo} />
      <EuiSpacer size="l" />
      <ParamsForm
        key={params.subAction}
        {...{ params, errors, showErrors, loaded }}
        isDeprecated={connector.is_deprecated}
        onChange={setParams}
      />
      <EuiSpacer size="l" />
      <EuiPanel hasBorder hasShadow={false} paddingSize="s">
        <EuiAccordion
          id="requestPreview"
          buttonContent={
            <EuiTitle size="xxs">
              <h3>Requests that would be sent</h3>
            </EuiTitle>
          }
          paddingSize="s"
        >
          <Preview connector={connector} params={params} errors={errors} />
        </EuiAccordion>
      </EuiPanel>
      <EuiSpacer size="l" />
      <EuiButton
        fill
        iconType="play"
        isLoading={test.state.isRunning}
        // A disabled button would lose the focus.
        hasAriaDisabled
        onClick={test.state.isRunning ? undefined : run}
        data-test-subj="executeActionButton"
      >
        {test.state.isRunning ? "Running" : "Run"}
      </EuiButton>
      <EuiSpacer size="m" />
      <Outcome {...test.state} />
    </div>
  );
}

/** @param {HTMLElement | null} form */
function focusFirstInvalid(form) {
  /** @type {HTMLElement | null | undefined} */
  const field = form?.querySelector("[aria-invalid=true]");
  field?.focus();
}
