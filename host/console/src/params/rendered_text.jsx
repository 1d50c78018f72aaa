// What a template comes to.

import { EuiCode, EuiText } from "@elastic/eui";

/** @param {{ text: string }} props */
export function RenderedText({ text }) {
  return (
    <EuiText size="xs" color="subdued" data-test-subj="renderedText">
      <span>Will be: </span>
      {text === "" ? (
        <em>empty</em>
      ) : (
        <EuiCode
          transparentBackground
          style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere", padding: 0 }}
        >
          {text}
        </EuiCode>
      )}
    </EuiText>
  );
}
