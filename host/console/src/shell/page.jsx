// One view: its heading, which the keyboard starts from after a change of view, and its content. A
// page that was just loaded is left to the browser: its first stop is the link past the navigation.

import { EuiPageTemplate } from "@elastic/eui";
import { useEffect, useRef } from "react";

import { ErrorBoundary } from "./error_boundary.jsx";
import { useRouter } from "./router.jsx";
import { useTitle } from "./title.js";

/**
 * @param {{
 *   title: string,
 *   description?: React.ReactNode,
 *   actions?: React.ReactNode,
 *   children: React.ReactNode,
 * }} props
 */
export function Page({ title, description, actions, children }) {
  useTitle(title);
  const heading = useRef(/** @type {HTMLSpanElement | null} */ (null));
  const { hasMoved } = useRouter();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what happened before the view counts
  useEffect(() => {
    if (hasMoved) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <EuiPageTemplate.Header
        pageTitle={
          <span ref={heading} tabIndex={-1} style={{ outline: "none" }}>
            {title}
          </span>
        }
        description={description}
        rightSideItems={actions ? [actions] : undefined}
        bottomBorder
      />
      <EuiPageTemplate.Section>
        <ErrorBoundary>{children}</ErrorBoundary>
      </EuiPageTemplate.Section>
    </>
  );
}
