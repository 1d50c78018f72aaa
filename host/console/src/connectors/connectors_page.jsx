// The connectors, and the flyouts that the address asks for.

import { EuiButton, EuiCallOut, EuiSpacer } from "@elastic/eui";
import { useState } from "react";

import { listConnectors, listConnectorTypes } from "../api/index.js";
import { ErrorState } from "../parts/error_state.jsx";
import { Loading } from "../parts/loading.jsx";
import { useRequest } from "../parts/use_request.js";
import { Page } from "../shell/page.jsx";
import { useRouter } from "../shell/router.jsx";
import { addressOf, CREATE, LIST, readAddress } from "./address.js";
import { ConnectorsTable } from "./connectors_table.jsx";
import { DeleteModal } from "./delete_modal.jsx";
import { CreateFlyout } from "./flyouts/create_flyout.jsx";
import { EditFlyout } from "./flyouts/edit_flyout.jsx";
import { NoConnectors } from "./no_connectors.jsx";

/** @typedef {import("../api/types.js").Connector} Connector */

export function ConnectorsPage() {
  const { path, navigate } = useRouter();
  const { data, error, isLoading, reload } = useRequest(load);
  const [toDelete, setToDelete] = useState(/** @type {Connector | undefined} */ (undefined));
  const hasConnectors = data !== undefined && data.connectors.length > 0;
  const address = readAddress(path);
  const toList = () => navigate(LIST);
  const toCreate = () => navigate(CREATE);

  return (
    <Page
      title="Connectors"
      description="Connect alerts to incidents in ServiceNow."
      actions={
        hasConnectors && (
          <EuiButton fill iconType="plusCircle" onClick={toCreate} data-test-subj="createConnector">
            Create connector
          </EuiButton>
        )
      }
    >
      {!data && error && <ErrorState error={error} what="the connectors" retry={reload} />}
      {!data && !error && <Loading what="the connectors" />}
      {data && error && <StaleCallout error={error} retry={reload} />}
      {data?.connectors.length === 0 && <NoConnectors onCreate={toCreate} />}
      {hasConnectors && (
        <ConnectorsTable
          {...data}
          isLoading={isLoading}
          onOpen={({ id }) => navigate(addressOf(id))}
          onTest={({ id }) => navigate(addressOf(id, "test"))}
          onDelete={setToDelete}
        />
      )}
      {address.flyout === "create" && (
        <CreateFlyout
          onClose={toList}
          onCreated={async ({ id }, next) => {
            await reload();
            // Whoever went elsewhere meanwhile stays there.
            if (window.location.pathname !== CREATE) return;
            navigate(next === "test" ? addressOf(id, "test") : LIST, { replace: true });
          }}
        />
      )}
      {data && address.flyout === "edit" && (
        <Edit
          key={address.id}
          connector={data.connectors.find(({ id }) => id === address.id)}
          tab={address.tab}
          onTab={(tab) => navigate(addressOf(address.id, tab), { replace: true })}
          onSaved={reload}
          onCreate={toCreate}
          onClose={toList}
        />
      )}
      {toDelete && (
        <DeleteModal
          connector={toDelete}
          onClose={() => setToDelete(undefined)}
          onDeleted={() => {
            setToDelete(undefined);
            reload();
          }}
        />
      )}
    </Page>
  );
}

/** @param {AbortSignal} signal */
async function load(signal) {
  const [connectors, types] = await Promise.all([
    listConnectors(signal),
    listConnectorTypes(signal),
  ]);
  return { connectors, typeNames: Object.fromEntries(types.map(({ id, name }) => [id, name])) };
}

/**
 * @param {Omit<React.ComponentProps<typeof EditFlyout>, "connector"> & {
 *   connector: Connector | undefined,
 * }} props
 */
function Edit({ connector, ...others }) {
  if (connector) return <EditFlyout connector={connector} {...others} />;
  return (
    <div role="alert">
      <EuiSpacer />
      <EuiCallOut color="warning" iconType="warning" title="There is no such connector">
        <p>It may have been deleted.</p>
        <EuiButton size="s" color="warning" onClick={others.onClose}>
          Show all connectors
        </EuiButton>
      </EuiCallOut>
    </div>
  );
}

/** @param {{ error: Error, retry: () => void }} props */
function StaleCallout({ error, retry }) {
  return (
    <div role="alert">
      <EuiCallOut color="danger" iconType="error" title="The list may be out of date">
        <p>{error.message}</p>
        <EuiButton size="s" color="danger" onClick={retry}>
          Try again
        </EuiButton>
      </EuiCallOut>
      <EuiSpacer />
    </div>
  );
}
