// For who does not want to begin from empty fields.

import { EuiButtonEmpty, EuiSpacer } from "@elastic/eui";

/** @param {{ playground: import("./use_playground.js").PlaygroundState }} props */
export function ExampleTexts({ playground }) {
  const { example, takeTexts } = playground;
  if (!example) return null;
  return (
    <>
      <EuiButtonEmpty
        size="s"
        flush="left"
        iconType="pencil"
        onClick={() => takeTexts(example)}
        data-test-subj="takeExampleTexts"
      >
        Fill in the texts of this example
      </EuiButtonEmpty>
      <EuiSpacer size="s" />
    </>
  );
}
