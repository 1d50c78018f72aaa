// The page of those who are not logged in. It keeps the address, so that the login leads to it.

import {
  EuiFlexGroup,
  EuiFlexItem,
  EuiIcon,
  EuiPageTemplate,
  EuiPanel,
  EuiSpacer,
  EuiText,
  EuiTitle,
} from "@elastic/eui";

import { ColorModeMenu } from "./color_mode_menu.jsx";
import { LoginForm } from "./login_form.jsx";
import { useTitle } from "./title.js";

/** @param {{ onLogin: (username: string) => void }} props */
export function LoginPage({ onLogin }) {
  useTitle("Log in");
  return (
    <EuiPageTemplate offset={0} component="div">
      <EuiPageTemplate.Section component="main" alignment="center" color="subdued" grow>
        <div style={{ position: "absolute", insetBlockStart: 8, insetInlineEnd: 8 }}>
          <ColorModeMenu />
        </div>
        <EuiPanel paddingSize="l" style={{ inlineSize: "min(26rem, 100%)", margin: "0 auto" }}>
          <EuiFlexGroup alignItems="center" gutterSize="s" responsive={false}>
            <EuiFlexItem grow={false}>
              <EuiIcon type="bell" size="l" color="primary" aria-hidden />
            </EuiFlexItem>
            <EuiFlexItem>
              <EuiTitle size="xs">
                <h1>ServiceNow ITSM console</h1>
              </EuiTitle>
            </EuiFlexItem>
          </EuiFlexGroup>
          <LoginForm onLogin={onLogin} />
          <EuiText size="xs" color="subdued">
            <p>
              The host printed the username and the password when it started for the first time.
            </p>
          </EuiText>
          <EuiSpacer size="s" />
        </EuiPanel>
      </EuiPageTemplate.Section>
    </EuiPageTemplate>
  );
}
