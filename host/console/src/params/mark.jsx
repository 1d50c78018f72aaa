// Whether a field has to be filled in, at the end of its label.

import { EuiText } from "@elastic/eui";

/** @param {{ mark: "Optional" | "Required" }} props */
export function Mark({ mark }) {
  return (
    <EuiText size="xs" color="subdued">
      {mark}
    </EuiText>
  );
}
