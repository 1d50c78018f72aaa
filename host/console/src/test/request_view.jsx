// One request: what for, where to, and what is in it.

import { EuiBadge, EuiCodeBlock, EuiPanel, EuiSpacer, EuiText } from "@elastic/eui";

/** What is long and has no spaces is shown whole on a narrow screen too. */
const BREAKS = /** @type {const} */ ({ overflowWrap: "anywhere", whiteSpace: "pre-wrap" });

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
          <p style={BREAKS} data-test-subj="requestLine">
            <EuiBadge>{method}</EuiBadge> <code style={BREAKS}>{url}</code>
          </p>
        </EuiText>
        <EuiSpacer size="s" />
        <div style={BREAKS}>
          <EuiCodeBlock language="text" paddingSize="s" fontSize="s" whiteSpace="pre-wrap">
            {body === null ? head : `${head}\n\n${body}`}
          </EuiCodeBlock>
        </div>
      </EuiPanel>
      <EuiSpacer size="s" />
    </>
  );
}
