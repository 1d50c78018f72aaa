// The rules playground.

import { Page } from "../shell/page.jsx";

export function PlaygroundPage() {
  return <Page title="Playground">{null}</Page>;
}
