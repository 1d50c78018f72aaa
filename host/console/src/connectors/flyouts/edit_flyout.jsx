// A saved connector: its configuration, and its test.

import { EuiSpacer, EuiTab, EuiTabs } from "@elastic/eui";
import { useState } from "react";

import { useDiscard } from "../../shell/unsaved.jsx";
import { TestTab } from "../../test/test_tab.jsx";
import { ConnectorMarks } from "../connector_marks.jsx";
import { ConfigurationTab, useConfiguration } from "./configuration_tab.jsx";
import { ConnectorFlyout } from "./connector_flyout.jsx";
import { UpdateFlyout } from "./update_flyout.jsx";

/** @typedef {import("../../api/types.js").Connector} Connector */

/** @typedef {"configuration" | "test"} Tab */

const TABS = /** @type {const} */ ([
  { id: "configuration", label: "Configuration" },
  { id: "test", label: "Test" },
]);

/**
 * @param {{
 *   connector: Connector,
 *   tab: Tab,
 *   onTab: (tab: Tab) => void,
 *   onSaved: (connector: Connector) => void,
 *   onCreate: () => void,
 *   onClose: () => void,
 * }} props
 */
export function EditFlyout({ connector, tab, onTab, onSaved, onCreate, onClose }) {
  const configuration = useConfiguration(connector, onSaved);
  const discard = useDiscard(configuration.form.isDirty);
  const [isUpdating, setIsUpdating] = useState(false);

  const tabs = (
    <>
      <EuiSpacer size="s" />
      <EuiTabs bottomBorder={false} size="s">
        {TABS.map(({ id, label }) => (
          <EuiTab
            key={id}
            id={`tab-${id}`}
            isSelected={id === tab}
            aria-controls={`panel-${id}`}
            onClick={() => onTab(id)}
            data-test-subj={`${id}Tab`}
          >
            {label}
          </EuiTab>
        ))}
      </EuiTabs>
    </>
  );

  return (
    <ConnectorFlyout
      title={
        <>
          {connector.name}
          <ConnectorMarks connector={connector} />
        </>
      }
      header={tabs}
      closeLabel="Close"
      onClose={() => discard(onClose)}
      buttons={tab === "configuration" && configuration.saveButton}
      data-test-subj="editFlyout"
    >
      {/* Both stay: what was entered in one is there after a look at the other. */}
      <Panel id="configuration" shown={tab}>
        <ConfigurationTab
          connector={connector}
          configuration={configuration}
          onUpdate={() => setIsUpdating(true)}
          onCreate={() => discard(onCreate)}
        />
      </Panel>
      <Panel id="test" shown={tab}>
        <TestTab connector={connector} />
      </Panel>
      {isUpdating && (
        <UpdateFlyout
          connector={connector}
          onClose={() => setIsUpdating(false)}
          onUpdated={(updated) => {
            setIsUpdating(false);
            configuration.reset(updated);
            onSaved(updated);
          }}
        />
      )}
    </ConnectorFlyout>
  );
}

/**
 * A tab's content, which is drawn once it was shown.
 * @param {{ id: Tab, shown: Tab, children: React.ReactNode }} props
 */
function Panel({ id, shown, children }) {
  const [wasShown, setWasShown] = useState(false);
  if (id === shown && !wasShown) setWasShown(true);
  return (
    <div role="tabpanel" id={`panel-${id}`} aria-labelledby={`tab-${id}`} hidden={id !== shown}>
      {wasShown && children}
    </div>
  );
}
