// The switch between light and dark.

import {
  EuiContextMenuItem,
  EuiContextMenuPanel,
  EuiHeaderSectionItemButton,
  EuiIcon,
  EuiPopover,
} from "@elastic/eui";
import { useState } from "react";

import { useColorMode } from "./color_mode.jsx";

/** @type {{ choice: import("./color_mode.jsx").ColorChoice, label: string, icon: string }[]} */
const CHOICES = [
  { choice: "system", label: "As the system", icon: "display" },
  { choice: "light", label: "Light", icon: "sun" },
  { choice: "dark", label: "Dark", icon: "moon" },
];

export function ColorModeMenu() {
  const { choice, colorMode, choose } = useColorMode();
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  const button = (
    <EuiHeaderSectionItemButton
      aria-label="Colors"
      aria-haspopup="true"
      aria-expanded={isOpen}
      data-test-subj="colorModeButton"
      onClick={() => setIsOpen(!isOpen)}
    >
      <EuiIcon type={colorMode === "dark" ? "moon" : "sun"} aria-hidden />
    </EuiHeaderSectionItemButton>
  );
  return (
    <EuiPopover
      button={button}
      isOpen={isOpen}
      closePopover={close}
      panelPaddingSize="none"
      anchorPosition="downRight"
      aria-label="Colors"
    >
      <EuiContextMenuPanel
        items={CHOICES.map((it) => (
          <EuiContextMenuItem
            key={it.choice}
            icon={it.icon}
            aria-current={it.choice === choice}
            data-test-subj={`colorMode-${it.choice}`}
            onClick={() => {
              choose(it.choice);
              close();
            }}
          >
            {it.choice === choice ? <strong>{it.label}</strong> : it.label}
          </EuiContextMenuItem>
        ))}
      />
    </EuiPopover>
  );
}
