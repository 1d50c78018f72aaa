// The variables and lambdas that a template may use, to be put in where the cursor is.

import { EuiButtonEmpty, EuiPopover, EuiPopoverTitle, EuiSelectable } from "@elastic/eui";
import { useState } from "react";

import { LAMBDAS } from "./lambdas.js";

const NO_HIGHER_THAN_A_LABEL = { marginBlock: -4 };
/** Scrolled here, and not inside of the list, where the keyboard could not. */
const SCROLLED = /** @type {const} */ ({ width: 280, maxHeight: 240, overflowY: "auto" });

/**
 * @param {object} props
 * @param {string} props.label of the field that the text goes to
 * @param {readonly string[]} props.variables
 * @param {(text: string) => void} props.onPick
 */
export function VariablesMenu({ label, variables, onPick }) {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  /** @type {import("@elastic/eui").EuiSelectableOption<{ text?: string }>[]} */
  const options = [
    { label: "Variables", isGroupLabel: true },
    ...variables.map((path) => ({ label: path, text: `{{${path}}}` })),
    { label: "Lambdas", isGroupLabel: true },
    ...LAMBDAS.map(({ name, example }) => ({ label: name, text: example })),
  ];
  return (
    <EuiPopover
      isOpen={isOpen}
      closePopover={close}
      panelPaddingSize="s"
      anchorPosition="downRight"
      aria-label={`Variables for ${label}`}
      button={
        <EuiButtonEmpty
          size="xs"
          flush="right"
          style={NO_HIGHER_THAN_A_LABEL}
          iconType="plusCircle"
          aria-label={`Insert a variable into ${label}`}
          onClick={() => setIsOpen(!isOpen)}
        >
          Variable
        </EuiButtonEmpty>
      }
    >
      <EuiSelectable
        aria-label={`Variables for ${label}`}
        searchable
        searchProps={{ placeholder: "Search", compressed: true }}
        singleSelection="always"
        options={options}
        height="full"
        listProps={{
          isVirtualized: false,
          onFocusBadge: false,
          showIcons: false,
          textWrap: "wrap",
        }}
        onChange={(changed) => {
          const picked = changed.find(({ checked }) => checked === "on");
          if (picked?.text) onPick(picked.text);
          close();
        }}
      >
        {(list, search) => (
          <>
            <EuiPopoverTitle paddingSize="s">{search}</EuiPopoverTitle>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keyboard */}
            <section aria-label={`Variables for ${label}`} tabIndex={0} style={SCROLLED}>
              {list}
            </section>
          </>
        )}
      </EuiSelectable>
    </EuiPopover>
  );
}

/**
 * Puts a text in the place of what is selected, and the cursor behind it.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement | null} control
 * @param {string} value what it shows
 * @param {string} text
 * @param {(value: string) => void} onChange
 */
export function insertAtCursor(control, value, text, onChange) {
  const start = control?.selectionStart ?? value.length;
  const end = control?.selectionEnd ?? start;
  onChange(value.slice(0, start) + text + value.slice(end));
  if (!control) return;
  // Only once the control shows the new text is there a place behind it; and the menu, which takes
  // the focus back to its button when it closes, is gone.
  setTimeout(() => {
    control.focus();
    control.setSelectionRange(start + text.length, start + text.length);
  });
}
