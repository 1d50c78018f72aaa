// How fields stand: one below the other, or side by side where there is room for it.

import { EuiFlexGroup, EuiFlexItem } from "@elastic/eui";
import { Children } from "react";

/** Narrower, a field goes to the next line. */
const LEAST_WIDTH = "min(100%, 200px)";

/** @param {{ children: React.ReactNode }} props */
export function Column({ children }) {
  return (
    <EuiFlexGroup direction="column" gutterSize="m" responsive={false}>
      {Children.toArray(children).map((child, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields stay where they are
        <EuiFlexItem key={index} grow={false}>
          {child}
        </EuiFlexItem>
      ))}
    </EuiFlexGroup>
  );
}

/** @param {{ children: React.ReactNode }} props */
export function Row({ children }) {
  return (
    <EuiFlexGroup gutterSize="m" wrap responsive={false}>
      {Children.toArray(children).map((child, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields stay where they are
        <EuiFlexItem key={index} style={{ minWidth: LEAST_WIDTH }}>
          {child}
        </EuiFlexItem>
      ))}
    </EuiFlexGroup>
  );
}
