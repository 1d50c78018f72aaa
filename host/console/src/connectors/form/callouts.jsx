// What the form says before its fields: what has to be installed, or that the connector is deprecated.

import { EuiButton, EuiCallOut, EuiLink } from "@elastic/eui";

import { STORE } from "../../links.js";

/** Where there is little room the text takes two lines. */
const WRAPPING = {
  display: "inline-flex",
  alignItems: "center",
  maxInlineSize: "100%",
  blockSize: "auto",
  minBlockSize: 32,
  whiteSpace: /** @type {const} */ ("normal"),
};

/** Leads to the application in ServiceNow's store. */
export function StoreButton({ color = /** @type {"warning" | "danger"} */ ("warning") }) {
  return (
    <EuiButton
      href={STORE}
      target="_blank"
      iconType="external"
      color={color}
      size="s"
      textProps={false}
      style={WRAPPING}
    >
      Visit ServiceNow app store
    </EuiButton>
  );
}

export function InstallationCallout() {
  return (
    <EuiCallOut
      size="s"
      color="warning"
      iconType="download"
      title="To use this connector, first install the Elastic app from the ServiceNow app store."
      data-test-subj="snInstallationCallout"
    >
      <StoreButton />
    </EuiCallOut>
  );
}

/** @param {{ onUpdate: () => void, onCreate: () => void }} props */
export function DeprecatedCallout({ onUpdate, onCreate }) {
  return (
    <EuiCallOut
      size="s"
      color="warning"
      iconType="warning"
      title="This connector type is deprecated"
      data-test-subj="snDeprecatedCallout"
    >
      <p>
        <EuiLink onClick={onUpdate} data-test-subj="update-connector-btn">
          Update this connector,
        </EuiLink>{" "}
        <EuiLink onClick={onCreate} data-test-subj="create-connector-btn">
          or create a new one.
        </EuiLink>
      </p>
    </EuiCallOut>
  );
}
