// What stands around every view.

import { EuiPageTemplate, EuiProvider, EuiSkipLink } from "@elastic/eui";

import { ColorModeProvider, useColorMode } from "./shell/color_mode.jsx";
import { ErrorBoundary } from "./shell/error_boundary.jsx";
import { Header } from "./shell/header.jsx";
import { HostProvider } from "./shell/host.jsx";
import { RouterProvider } from "./shell/router.jsx";
import { SessionProvider } from "./shell/session.jsx";
import { Stacking } from "./shell/stacking.jsx";
import { ToastsProvider } from "./shell/toasts.jsx";
import { UnsavedProvider } from "./shell/unsaved.jsx";
import { Views } from "./shell/views.jsx";
import { cache } from "./style_nonce.js";

const CONTENT = "content";

export function App() {
  return (
    <ColorModeProvider>
      <Themed>
        <ErrorBoundary>
          <UnsavedProvider>
            <RouterProvider>
              <ToastsProvider>
                <SessionProvider>
                  <EuiSkipLink position="fixed" destinationId={CONTENT} overrideLinkBehavior>
                    Skip to the content
                  </EuiSkipLink>
                  <Header />
                  <EuiPageTemplate offset={0} component="main" mainProps={{ id: CONTENT }}>
                    <HostProvider>
                      <Views />
                    </HostProvider>
                  </EuiPageTemplate>
                </SessionProvider>
              </ToastsProvider>
            </RouterProvider>
          </UnsavedProvider>
        </ErrorBoundary>
      </Themed>
    </ColorModeProvider>
  );
}

/** @param {{ children: React.ReactNode }} props */
function Themed({ children }) {
  const { colorMode } = useColorMode();
  return (
    <EuiProvider cache={cache} colorMode={colorMode}>
      <Stacking />
      {children}
    </EuiProvider>
  );
}
