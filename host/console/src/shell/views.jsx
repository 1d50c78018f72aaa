// Which view an address shows.

import { EuiEmptyPrompt, EuiLink } from "@elastic/eui";
import { useEffect } from "react";

import { ConnectorsPage } from "../connectors/connectors_page.jsx";
import { EventsPage } from "../events/events_page.jsx";
import { PlaygroundPage } from "../playground/playground_page.jsx";
import { Page } from "./page.jsx";
import { useLink, useRouter } from "./router.jsx";

export function Views() {
  const { path, navigate } = useRouter();
  useEffect(() => {
    if (path === "/") navigate("/connectors", { replace: true });
  }, [path, navigate]);
  if (path === "/") return null;
  if (isIn("/connectors", path)) return <ConnectorsPage />;
  if (isIn("/playground", path)) return <PlaygroundPage />;
  if (isIn("/events", path)) return <EventsPage />;
  return <NoSuchPage />;
}

/**
 * @param {string} view
 * @param {string} path
 */
function isIn(view, path) {
  return path === view || path.startsWith(`${view}/`);
}

function NoSuchPage() {
  const link = useLink("/connectors");
  return (
    <Page title="Page not found">
      <EuiEmptyPrompt
        iconType="magnify"
        title={<h2>There is nothing at this address</h2>}
        body={<EuiLink {...link}>Go to the connectors</EuiLink>}
      />
    </Page>
  );
}
