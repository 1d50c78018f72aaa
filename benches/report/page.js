// The page of the docs that shows all reports, as Markdown.

import { caption, format, goalText, rowsOf } from "./text.js";
import { isReached } from "./types.js";

/** @import { Goal, Machine, Report, Series } from "./types.js" */

/** Where the charts are, from the page. */
const CHARTS = "benchmarks";

/** @param {Series} series */
export const chartName = ({ id }) => `${id}.svg`;

/**
 * @param {Report[]} reports
 * @param {Machine} machine
 */
export function page(reports, machine) {
  const goals = reports.flatMap((report) => report.goals);
  const missed = goals.filter((goal) => !isReached(goal)).length;
  return `# Benchmarks

What a user would pick instead, measured side by side in one run. \`npm run bench -- --write\` has made
this page, its charts and [benchmarks.json](benchmarks.json); nothing of it is written by hand.
[How it is measured](../benches/README.md) says what the figures mean.

${machine.date}: ${machine.processor}, ${machine.cores} cores, ${format(machine.memory)} GB, ${machine.system}, Node ${machine.node}. Compare
figures of this page with each other, not with those of another machine.

## Goals

${missed === 0 ? `All ${goals.length} are reached.` : `${goals.length - missed} of ${goals.length} are reached.`}

${markdownTable([["goal", "wanted", "measured", ""], ...goals.map(goalRow)])}

${reports.map(section).join("\n\n")}
`;
}

/** @param {Goal} goal */
function goalRow(goal) {
  const { text, measured, kind, bound, unit } = goal;
  const verdict = isReached(goal) ? "✓ reached" : "✗ **missed**";
  return [text, `${kind} ${format(bound)} ${unit}`, `${format(measured)} ${unit}`, verdict];
}

/** @param {Report} report */
function section({ title, about, series, notes, goals }) {
  const parts = series.map(
    (one) =>
      `![${caption(one)}](${CHARTS}/${chartName(one)})\n\n${caption(one)}.\n\n${markdownTable(rowsOf(one))}`,
  );
  return [`## ${title}`, about, ...parts, ...notes, ...goals.map(goalText)].join("\n\n");
}

/** @param {string[][]} rows */
function markdownTable([head = [], ...rows]) {
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
