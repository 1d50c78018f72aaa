// Older events, on demand.

import { EuiButton, EuiFlexGroup, EuiText } from "@elastic/eui";

/** @param {{ log: import("./use_events.js").EventLog }} props */
export function MoreEvents({ log }) {
  const loaded = log.events?.length ?? 0;
  if (loaded === 0) return null;
  const count = loaded === 1 ? "1 event" : `${loaded} events`;
  return (
    <EuiFlexGroup gutterSize="m" alignItems="center" wrap responsive={false}>
      <EuiText size="s" color="subdued">
        <p>{log.hasMore ? count : `${count}, back to the oldest one kept`}</p>
      </EuiText>
      {log.hasMore && (
        <EuiButton
          size="s"
          isLoading={log.isLoadingMore}
          hasAriaDisabled
          onClick={log.loadMore}
          data-test-subj="moreEvents"
        >
          Load more
        </EuiButton>
      )}
      {log.moreError && (
        <EuiText size="s" color="danger" role="alert">
          <p>{log.moreError.message}</p>
        </EuiText>
      )}
    </EuiFlexGroup>
  );
}
