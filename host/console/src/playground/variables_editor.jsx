// The variables that the templates may name: an example's, or anybody's own.

import {
  EuiFormRow,
  EuiPanel,
  EuiSelect,
  EuiSpacer,
  EuiTextArea,
  EuiTitle,
  useEuiTheme,
} from "@elastic/eui";

import { EXAMPLES } from "./examples/index.js";

const OWN = "own";

/** @param {{ playground: import("./use_playground.js").PlaygroundState }} props */
export function VariablesEditor({ playground }) {
  const { euiTheme } = useEuiTheme();
  const { text, example, problem } = playground;
  const options = [
    ...EXAMPLES.map(({ name }) => ({ value: name, text: name })),
    { value: OWN, text: "Your own", disabled: example !== undefined },
  ];
  return (
    <EuiPanel hasBorder hasShadow={false}>
      <EuiTitle size="xs">
        <h2>Variables</h2>
      </EuiTitle>
      <EuiSpacer size="m" />
      <EuiFormRow fullWidth label="Example">
        <EuiSelect
          fullWidth
          data-test-subj="playgroundExample"
          options={options}
          value={example?.name ?? OWN}
          onChange={(event) => {
            const chosen = EXAMPLES.find(({ name }) => name === event.target.value);
            if (chosen) playground.chooseExample(chosen);
          }}
        />
      </EuiFormRow>
      <EuiFormRow
        fullWidth
        label="JSON"
        helpText="Change it, or paste your own. Each alert below brings its own alert.id. The host takes 1 MB of JSON and params together, unless its server.maxPayload is another."
        isInvalid={problem !== undefined}
        error={problem}
      >
        <EuiTextArea
          fullWidth
          rows={10}
          resize="vertical"
          spellCheck={false}
          data-test-subj="playgroundVariables"
          style={{ fontFamily: euiTheme.font.familyCode }}
          isInvalid={problem !== undefined}
          value={text}
          onChange={(event) => playground.writeVariables(event.target.value)}
        />
      </EuiFormRow>
    </EuiPanel>
  );
}
