// Says what could not be loaded, why, and offers to try again.

import { EuiButton, EuiEmptyPrompt } from "@elastic/eui";

/** @param {{ error: Error, what?: string, retry?: () => void }} props */
export function ErrorState({ error, what = "the page", retry }) {
  return (
    <div role="alert">
      <EuiEmptyPrompt
        color="danger"
        iconType="error"
        title={<h2>{`Cannot load ${what}`}</h2>}
        titleSize="s"
        body={<p>{error.message}</p>}
        actions={
          retry && (
            <EuiButton color="danger" onClick={retry}>
              Try again
            </EuiButton>
          )
        }
      />
    </div>
  );
}
