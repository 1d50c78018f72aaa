// The connectors.

import { listConnectors } from "../api/index.js";
import { ErrorState } from "../shared/error_state.jsx";
import { Loading } from "../shared/loading.jsx";
import { useRequest } from "../shared/use_request.js";
import { Page } from "../shell/page.jsx";

export function ConnectorsPage() {
  const { data, error, reload } = useRequest(listConnectors);
  return (
    <Page title="Connectors">
      {data && <p>{data.length}</p>}
      {!data && !error && <Loading what="the connectors" />}
      {!data && error && <ErrorState error={error} what="the connectors" retry={reload} />}
    </Page>
  );
}
