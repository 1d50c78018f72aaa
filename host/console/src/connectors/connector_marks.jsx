// What stands after a connector's name: that it is deprecated, preconfigured, or lacks its secrets.

import { EuiBadge, EuiIconTip } from "@elastic/eui";

/** @param {{ connector: import("../api/types.js").Connector }} props */
export function ConnectorMarks({ connector }) {
  return (
    <>
      {connector.is_deprecated && (
        <>
          {" (deprecated) "}
          <EuiIconTip
            type="warning"
            color="warning"
            aria-label="Deprecated"
            content="This connector is deprecated. Update it, or create a new one."
          />
        </>
      )}
      {connector.is_missing_secrets && (
        <>
          {" "}
          <EuiIconTip
            type="key"
            color="danger"
            aria-label="Missing secrets"
            content="This connector came without its sensitive values. Edit it and enter them."
          />
        </>
      )}
      {connector.is_preconfigured && (
        <>
          {" "}
          <EuiBadge>Preconfigured</EuiBadge>
        </>
      )}
    </>
  );
}
