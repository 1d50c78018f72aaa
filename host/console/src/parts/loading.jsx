// Says that something is on its way.

import { EuiEmptyPrompt, EuiLoadingSpinner } from "@elastic/eui";

/** @param {{ what: string }} props */
export function Loading({ what }) {
  return (
    <div role="status" data-test-subj="loading">
      <EuiEmptyPrompt
        icon={<EuiLoadingSpinner size="xl" aria-hidden />}
        title={<h2>{`Loading ${what}…`}</h2>}
        titleSize="xs"
      />
    </div>
  );
}
