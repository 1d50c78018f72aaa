// One request: what for, where to, and what is in it.

import { EuiBadge, EuiCodeBlock, EuiPanel, EuiSpacer, EuiText } from "@elastic/eui";

/**
 * @param {object} props
 * @param {number} props.turn
 * @param {import("./preview_requests.js").ShownRequest} props.request
 */
export function RequestView({ turn, request: { purpose, method, url, headers, body } }) {
  const head = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  return (
    <>
      <EuiPanel hasBorder hasShadow={false} paddingSize="s" data-test-subj="request">
        <EuiText size="s">
          <h4>
            {turn}. {purpose}
          </h4>
        </EuiText>
        <EuiSpacer size="s" />
        <EuiText size="s">
          <p style={{ overflowWrap: "anywhere" }} data-test-subj="requestLine">
            <EuiBadge>{method}</EuiBadge> <code>{url}</code>
          </p>
        </EuiText>
        <EuiSpacer size="s" />
        <EuiCodeBlock language="text" paddingSize="s" fontSize="s" whiteSpace="pre-wrap">
          {body === null ? head : `${head}\n\n${body}`}
        </EuiCodeBlock>
      </EuiPanel>
      <EuiSpacer size="s" />
    </>
  );
}
