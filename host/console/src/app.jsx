// What stands around every view: theme, styles, navigation.

import {
  EuiBasicTable,
  EuiButton,
  EuiFieldText,
  EuiFlyout,
  EuiIcon,
  EuiPageTemplate,
  EuiProvider,
} from "@elastic/eui";
import { useEffect, useState } from "react";
import { createConnector, init } from "servicenow-itsm-connector";
import { cache } from "./style_nonce.js";

export function App() {
  const [state, setState] = useState("loading");
  const [open, setOpen] = useState(false);
  useEffect(() => {
    init().then(
      () => setState(typeof createConnector),
      (error) => setState(String(error)),
    );
  }, []);
  return (
    <EuiProvider cache={cache} colorMode="light">
      <EuiPageTemplate>
        <EuiPageTemplate.Header pageTitle="Connectors" iconType="logoElastic" />
        <EuiPageTemplate.Section>
          <EuiIcon type="warning" /> <EuiIcon type="trash" />{" "}
          <EuiButton iconType="plusInCircle" onClick={() => setOpen(true)}>
            Create
          </EuiButton>
          <EuiFieldText aria-label="x" value={state} readOnly />
          <EuiBasicTable items={[{ a: 1 }]} columns={[{ field: "a", name: "A" }]} />
        </EuiPageTemplate.Section>
      </EuiPageTemplate>
      {open && (
        <EuiFlyout onClose={() => setOpen(false)} aria-label="f">
          hello
        </EuiFlyout>
      )}
    </EuiProvider>
  );
}
