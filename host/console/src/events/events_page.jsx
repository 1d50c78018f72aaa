// What the host did, newest first.

import { Page } from "../shell/page.jsx";

export function EventsPage() {
  return <Page title="Events">{null}</Page>;
}
