// A text of somebody else's as it is shown: it turns around nothing beside it, what cannot be seen in
// it is marked, and a very long one is shortened.

import { Fragment } from "react";

const LONGEST = 2000;
/** Control characters but line breaks and tabs, and those that turn the direction of a line. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /([\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF])/u;

/** @param {{ text: string }} props */
export function ShownText({ text }) {
  const left = text.length - LONGEST;
  const parts = text.slice(0, LONGEST).split(UNSEEN);
  return (
    <bdi>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place
        <Fragment key={index}>{index % 2 === 0 ? part : <mark>{codeOf(part)}</mark>}</Fragment>
      ))}
      {left > 0 && <em>{` … and ${left.toLocaleString()} more characters`}</em>}
    </bdi>
  );
}

/** @param {string} character */
function codeOf(character) {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
