// Tells a person what is being done and for how long: on a terminal as a line that changes in
// place, elsewhere as a line at the start, one every so often, and one at the end.

import { stripVTControlCharacters } from "node:util";

const REMINDER_MS = 15_000;
const REDRAW_MS = 200;

/**
 * What is being done just now, each as a line; what is done at the same time shares the terminal's.
 *
 * @type {Set<() => string>}
 */
const underWay = new Set();

/**
 * Runs `task` and shows `title` with the seconds it takes. The task may call its argument with
 * what it is at just now.
 *
 * @template T
 * @param {string} title
 * @param {(detail: (text: string) => void) => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function working(title, task) {
  const out = process.stdout;
  const started = Date.now();
  let detail = "";
  const line = () => {
    const text = `  ${title}  ${seconds(started)}`;
    return detail ? `${text}  ${detail}` : text;
  };
  const all = () => Array.from(underWay, (one) => one()).join("");
  const show = out.isTTY
    ? () => out.write(`\r\x1b[K${all().slice(0, (out.columns || 80) - 1)}`)
    : () => out.write(`${line()}\n`);
  underWay.add(line);
  if (!out.isTTY) out.write(`  ${title} ...\n`);
  const timer = setInterval(show, out.isTTY ? REDRAW_MS : REMINDER_MS);
  let mark = "✗";
  try {
    const result = await task((text) => {
      detail = stripVTControlCharacters(text).trim();
    });
    mark = "✓";
    return result;
  } finally {
    clearInterval(timer);
    underWay.delete(line);
    out.write(`${out.isTTY ? "\r\x1b[K" : ""}${mark} ${title}  ${seconds(started)}\n`);
  }
}

/**
 * The time since then, as in "1.4 s" or "2 min 5 s".
 * @param {number} since
 */
export function seconds(since) {
  const elapsed = (Date.now() - since) / 1000;
  if (elapsed < 60) return `${elapsed.toFixed(1)} s`;
  return `${Math.floor(elapsed / 60)} min ${Math.floor(elapsed % 60)} s`;
}
