// Fields that stand side by side where there is room for it.

import { EuiFlexGroup, EuiFlexItem } from "@elastic/eui";
import { Children } from "react";

/** @param {{ children: React.ReactNode }} props */
export function Row({ children }) {
  return (
    <EuiFlexGroup gutterSize="m" wrap>
      {Children.toArray(children).map((child, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row's fields stay where they are
        <EuiFlexItem key={index} style={{ minWidth: 200 }}>
          {child}
        </EuiFlexItem>
      ))}
    </EuiFlexGroup>
  );
}
