// Where toasts stand: beside a flyout where there is room for both, and below it elsewhere, so that
// none of its buttons is covered.

import { EuiGlobalToastList, useIsWithinMinBreakpoint, useResizeObserver } from "@elastic/eui";
import { Global } from "@emotion/react";
import { useEffect, useRef, useState } from "react";

const SHOWN_FOR_MS = 8000;
/** Many toasts are scrolled, and leave most of a small screen to what they are about. */
const LOW = { maxBlockSize: "40vh" };

/**
 * @param {object} props
 * @param {import("@elastic/eui").EuiGlobalToastListToast[]} props.toasts
 * @param {(id: string) => void} props.onDismiss
 */
export function ToastList({ toasts, onDismiss }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [list, setList] = useState(/** @type {Element | null} */ (null));
  useEffect(() => setList(place.current?.firstElementChild ?? null), []);
  const { height } = useResizeObserver(list, "height");
  const isWide = useIsWithinMinBreakpoint("l");
  return (
    <div ref={place}>
      {!isWide && (
        <Global
          styles={{
            ".euiFlyout.euiFlyout": { insetBlockEnd: height },
            ".euiGlobalToastList.euiGlobalToastList": LOW,
          }}
        />
      )}
      <EuiGlobalToastList
        side="left"
        toasts={toasts}
        toastLifeTimeMs={SHOWN_FOR_MS}
        dismissToast={({ id }) => onDismiss(id)}
      />
    </div>
  );
}
