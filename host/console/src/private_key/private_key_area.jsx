// Where a private key is pasted, or its file dropped or chosen.

import { EuiButtonEmpty, EuiTextArea, useEuiTheme } from "@elastic/eui";
import { useRef, useState } from "react";

import { readKeyFile } from "./key_file.js";

/**
 * @param {{
 *   value: string,
 *   onChange: (value: string) => void,
 *   onFileError: (message: string) => void,
 *   onBlur: () => void,
 *   isInvalid: boolean,
 *   placeholder: string,
 *   id?: string,
 *   "aria-describedby"?: string,
 *   "data-test-subj": string,
 * }} props `id` and `aria-describedby` come from the row that it is in
 */
export function PrivateKeyArea({ value, onChange, onFileError, onBlur, ...others }) {
  const [isOver, setIsOver] = useState(false);
  const chooser = useRef(/** @type {HTMLInputElement | null} */ (null));
  const { euiTheme } = useEuiTheme();

  /** @param {FileList | null} files */
  async function take(files) {
    const file = files?.[0];
    if (!file) return;
    try {
      onChange(await readKeyFile(file));
      onFileError("");
    } catch (error) {
      onFileError(Object(error).message);
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is for all
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        setIsOver(false);
        take(event.dataTransfer.files);
      }}
      style={
        isOver ? { outline: `2px dashed ${euiTheme.colors.primary}`, outlineOffset: 2 } : undefined
      }
      data-test-subj="privateKeyDrop"
    >
      <EuiTextArea
        {...others}
        fullWidth
        rows={6}
        resize="vertical"
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        style={{ fontFamily: euiTheme.font.familyCode, fontSize: "0.85em" }}
      />
      <EuiButtonEmpty
        size="xs"
        iconType="upload"
        flush="left"
        onClick={() => chooser.current?.click()}
        data-test-subj="choosePrivateKey"
      >
        Choose a file
      </EuiButtonEmpty>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label="Private key file"
        onChange={(event) => {
          take(event.target.files);
          // The same file can be chosen again.
          event.target.value = "";
        }}
        data-test-subj="privateKeyFile"
      />
    </div>
  );
}
