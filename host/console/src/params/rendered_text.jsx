// What a template comes to.

import { EuiText, useEuiTheme } from "@elastic/eui";

import { ShownText } from "../parts/shown_text.jsx";

/** @param {{ text: string }} props */
export function RenderedText({ text }) {
  const { euiTheme } = useEuiTheme();
  const style = /** @type {const} */ ({
    fontFamily: euiTheme.font.familyCode,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  });
  return (
    <EuiText size="xs" data-test-subj="renderedText">
      Will be:{" "}
      {text === "" ? (
        <em>empty</em>
      ) : (
        <span style={style}>
          <ShownText text={text} />
        </span>
      )}
    </EuiText>
  );
}
