// An error's own text, folded away: for who searches the logs or a runbook for it.

/** @param {{ text: string }} props */
export function RawText({ text }) {
  return (
    <details data-test-subj="rawText">
      <summary style={{ cursor: "pointer" }}>The error's own text</summary>
      <p style={{ overflowWrap: "anywhere" }}>
        <code>{text}</code>
      </p>
    </details>
  );
}
