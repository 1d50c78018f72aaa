// The params of the two actions of a rule, each field with what it comes to.

import {
  EuiFormRow,
  EuiPanel,
  EuiSelect,
  EuiSpacer,
  EuiTab,
  EuiTabs,
  EuiTitle,
} from "@elastic/eui";
import { useState } from "react";

import { useChoices } from "../params/use_choices.js";
import { ExampleTexts } from "./example_texts.jsx";
import { TemplatesForm } from "./templates_form.jsx";

/** @type {{ group: import("./use_playground.js").Group, label: string }[]} */
const TABS = [
  { group: "firing", label: "When an alert fires" },
  { group: "recovered", label: "When it recovers" },
];

/** @param {{ playground: import("./use_playground.js").PlaygroundState }} props */
export function Templates({ playground }) {
  const [shown, setShown] = useState(TABS[0]?.group);
  const loaded = useChoices(playground.connector.id);
  const { alertIds, shownAlert, showAlert } = playground;
  return (
    <EuiPanel hasBorder hasShadow={false} data-test-subj="templates">
      <EuiTitle size="xs">
        <h2>Params of the rule's actions</h2>
      </EuiTitle>
      <EuiSpacer size="s" />
      <EuiTabs aria-label="Params of the rule's actions">
        {TABS.map(({ group, label }) => (
          <EuiTab
            key={group}
            id={`tab-${group}`}
            aria-controls={`panel-${group}`}
            isSelected={group === shown}
            onClick={() => setShown(group)}
            data-test-subj={`tab-${group}`}
          >
            {label}
          </EuiTab>
        ))}
      </EuiTabs>
      <EuiSpacer size="m" />
      {alertIds.length > 1 && (
        <>
          <EuiFormRow fullWidth label="Rendered for the alert">
            <EuiSelect
              fullWidth
              compressed
              options={alertIds.map((id) => ({ value: id, text: id }))}
              value={shownAlert}
              onChange={(event) => showAlert(event.target.value)}
            />
          </EuiFormRow>
          <EuiSpacer size="m" />
        </>
      )}
      {TABS.filter(({ group }) => group === shown).map(({ group }) => (
        <div key={group} id={`panel-${group}`} role="tabpanel" aria-labelledby={`tab-${group}`}>
          {group === "firing" && <ExampleTexts playground={playground} />}
          <TemplatesForm
            // Another connector's form begins untouched.
            key={playground.connector.id}
            playground={playground}
            group={group}
            loaded={loaded}
          />
        </div>
      ))}
    </EuiPanel>
  );
}
