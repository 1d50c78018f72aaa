// What every flyout of a connector looks like: a title, its content, buttons below.

import {
  EuiButtonEmpty,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFlyout,
  EuiFlyoutBody,
  EuiFlyoutFooter,
  EuiFlyoutHeader,
  EuiTitle,
  useGeneratedHtmlId,
  useIsWithinMaxBreakpoint,
} from "@elastic/eui";
import { useEffect, useRef } from "react";

/** Leaves room for the button that closes the flyout. */
const BESIDE_CLOSE = { paddingInlineEnd: 24 };

/**
 * @param {{
 *   title: React.ReactNode,
 *   header?: React.ReactNode,
 *   banner?: React.ReactNode,
 *   closeLabel: string,
 *   buttons?: React.ReactNode,
 *   onClose: () => void,
 *   children: React.ReactNode,
 *   "data-test-subj"?: string,
 * }} props
 */
export function ConnectorFlyout(props) {
  const { title, header, banner, closeLabel, buttons, onClose, children } = props;
  const titleId = useGeneratedHtmlId({ prefix: "flyoutTitle" });
  const { ref, isOnTop } = useTop();
  useStrayFiles();
  const isNarrow = useIsWithinMaxBreakpoint("s");
  return (
    <EuiFlyout
      size="m"
      paddingSize={isNarrow ? "m" : "l"}
      ref={ref}
      onClose={(event) => {
        // Every flyout hears the Escape key, which is meant for one.
        if (event instanceof KeyboardEvent) {
          if (!isOnTop()) return;
          event.stopImmediatePropagation();
        }
        onClose();
      }}
      // Before the mouse button is up, a question would lose the focus to what was clicked.
      focusTrapProps={{ closeOnMouseup: true }}
      maskProps={{ headerZindexLocation: "above" }}
      aria-labelledby={titleId}
      data-test-subj={props["data-test-subj"]}
    >
      <EuiFlyoutHeader hasBorder>
        <EuiTitle size="s">
          <h2 id={titleId} style={BESIDE_CLOSE}>
            {title}
          </h2>
        </EuiTitle>
        {header}
      </EuiFlyoutHeader>
      <EuiFlyoutBody banner={banner}>{children}</EuiFlyoutBody>
      <EuiFlyoutFooter>
        <EuiFlexGroup justifyContent="spaceBetween" responsive={false} gutterSize="s" wrap>
          <EuiFlexItem grow={false}>
            <EuiButtonEmpty onClick={onClose} data-test-subj="closeFlyout">
              {closeLabel}
            </EuiButtonEmpty>
          </EuiFlexItem>
          {buttons && (
            <EuiFlexItem grow={false}>
              <EuiFlexGroup responsive={false} gutterSize="s">
                {buttons}
              </EuiFlexGroup>
            </EuiFlexItem>
          )}
        </EuiFlexGroup>
      </EuiFlyoutFooter>
    </EuiFlyout>
  );
}

/** Whether nothing lies above the flyout. */
function useTop() {
  const ref = useRef(/** @type {HTMLElement | null} */ (null));
  const isOnTop = () =>
    [...document.querySelectorAll(".euiFlyout, .euiModal")].at(-1) === ref.current;
  return { ref, isOnTop };
}

/** A file that is dropped beside the field that takes it is not to be opened instead of the page. */
function useStrayFiles() {
  useEffect(() => {
    const swallow = (/** @type {DragEvent} */ event) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    };
    window.addEventListener("dragover", swallow);
    window.addEventListener("drop", swallow);
    return () => {
      window.removeEventListener("dragover", swallow);
      window.removeEventListener("drop", swallow);
    };
  }, []);
}
