// The requests that running the test would send.

import { EuiCallOut, EuiSkeletonText, EuiSpacer, EuiText } from "@elastic/eui";

import { RequestView } from "./request_view.jsx";
import { usePreview } from "./use_preview.js";

/**
 * @param {object} props
 * @param {import("../api/types.js").Connector} props.connector
 * @param {import("../params/params.js").ActionParams} props.params
 * @param {import("../params/validate.js").FieldErrors} props.errors what keeps it from being sent
 */
export function Preview({ connector, params, errors }) {
  const { requests, problem } = usePreview(connector, params);
  const [missing] = Object.values(errors);
  if (missing) {
    return (
      <EuiText size="s" color="subdued" data-test-subj="noPreview">
        <p>{`Nothing can be sent yet: ${missing}`}</p>
      </EuiText>
    );
  }
  if (problem !== undefined) {
    return (
      <EuiCallOut size="s" color="warning" iconType="warning" title="No request would be sent">
        <p style={{ overflowWrap: "anywhere" }}>{problem}</p>
      </EuiCallOut>
    );
  }
  if (!requests) return <EuiSkeletonText lines={3} contentAriaLabel="the preview" />;
  return (
    <div data-test-subj="requestPreview">
      <EuiText size="s" color="subdued">
        <p>
          Built by the connector in this page; nothing is sent, and no credentials are known here.
          Identifiers that only the instance gives are zeros.
        </p>
      </EuiText>
      <EuiSpacer size="s" />
      {requests.map((request, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a request is known by its turn
        <RequestView key={index} turn={index + 1} request={request} />
      ))}
    </div>
  );
}
