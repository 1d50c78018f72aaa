// Draws a series as bars: an SVG that is readable on light and on dark pages.

import { contendersOf, format } from "./text.js";
import { OURS, timesBetter } from "./types.js";

/** @import { Group, Series } from "./types.js" */

const WIDTH = 820;
const PADDING = 24;
/** Where the bars begin, and how long the longest of a group is. */
const BARS = 200;
const LONGEST = 380;
const BAR = 14;
const STEP = 20;
/** Above the first group. */
const HEAD = 92;
/** Above the bars of each group. */
const NAME = 30;

// The page's own scheme decides; the background is drawn because not every page's is what it says.
const STYLE = `
  text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
  .title { font-size: 17px; font-weight: 600; }
  .group { font-weight: 600; }
  .quiet { fill: #59636e; }
  .page { fill: #ffffff; stroke: #d1d9e0; }
  .ours { fill: #0969da; }
  .other { fill: #afb8c1; }
  .spread { stroke: #1f2328; stroke-width: 1.2; fill: none; }
  .goal { stroke: #bc4c00; stroke-width: 2; }
  .said { fill: #bc4c00; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .quiet { fill: #9198a1; }
    .page { fill: #0d1117; stroke: #3d444d; }
    .ours { fill: #4493f8; }
    .other { fill: #59636e; }
    .spread { stroke: #e6edf3; }
    .goal { stroke: #f0883e; }
    .said { fill: #f0883e; }
  }
`;

/**
 * @param {Series} series
 * @returns {string}
 */
export function chart(series) {
  const { title, unit, better, groups } = series;
  let y = HEAD;
  const drawn = groups.map((group) => {
    const top = y;
    y += NAME + Object.keys(group.figures).length * STEP;
    return drawGroup(series, group, top);
  });
  const height = y + PADDING;
  const withGoal = groups.some(({ goal }) => goal !== undefined);
  const how = [
    "Median, with the quartiles as a line. Each group has a scale of its own.",
    `The factor says how many times better ${OURS} is.`,
  ].join(" ");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${inXml(title)}">
<style>${STYLE}</style>
<rect class="page" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
${text(PADDING, 36, "title", title)}
${text(PADDING, 58, "", `${unit}: ${better} is better${withGoal ? "; the upright line is the goal" : ""}`)}
${text(PADDING, 76, "quiet", how)}
${drawn.join("\n")}
</svg>
`;
}

/**
 * @param {Series} series
 * @param {Group} group
 * @param {number} top
 */
function drawGroup(series, group, top) {
  const { figures, goal, name } = group;
  const highest = Math.max(goal ?? 0, ...Object.values(figures).map(({ high }) => high));
  const at = (/** @type {number} */ value) => round(BARS + (value / highest) * LONGEST);
  const bars = contendersOf({ ...series, groups: [group] }).map((contender, place) => {
    const { median, low, high } = figures[contender] ?? { median: 0, low: 0, high: 0 };
    const y = top + NAME + place * STEP;
    const middle = y + BAR / 2;
    const isOurs = contender === OURS;
    const end = Math.max(at(high), isOurs && goal !== undefined ? at(goal) : 0) + 8;
    return [
      text(BARS - 10, middle + 4, isOurs ? "group" : "quiet", contender, "end"),
      `<rect class="${isOurs ? "ours" : "other"}" x="${BARS}" y="${y}" width="${round(at(median) - BARS)}" height="${BAR}" rx="2"/>`,
      ...(high > low ? [`<path class="spread" d="M${at(low)} ${middle}H${at(high)}"/>`] : []),
      isOurs
        ? ourLabel(series, group, end, middle)
        : label(end, middle, median, timesBetter(series, group, contender)),
      ...(isOurs && goal !== undefined
        ? [`<path class="goal" d="M${at(goal)} ${y - 3}v${BAR + 6}"/>`]
        : []),
    ].join("\n");
  });
  return [text(PADDING, top + 16, "group", name), ...bars].join("\n");
}

/**
 * @param {Series} series
 * @param {Group} group
 * @param {number} x
 * @param {number} middle
 */
function ourLabel({ better }, { figures, goal }, x, middle) {
  const { median } = figures[OURS] ?? { median: 0 };
  if (goal === undefined) return text(x, middle + 4, "group", format(median));
  const isReached = better === "shorter" ? median <= goal : median >= goal;
  const said = `goal: ${format(goal)}, ${isReached ? "reached" : "missed"}`;
  return `<text class="group" x="${x}" y="${middle + 4}">${format(median)}<tspan class="said" dx="8">${said}</tspan></text>`;
}

/**
 * @param {number} x
 * @param {number} middle
 * @param {number} median
 * @param {number} times
 */
function label(x, middle, median, times) {
  const ratio = Number.isFinite(times) ? `${format(times)}×` : "";
  return `<text x="${x}" y="${middle + 4}">${format(median)}<tspan class="quiet" dx="8">${ratio}</tspan></text>`;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} kind
 * @param {string} content
 * @param {string} [anchor]
 */
function text(x, y, kind, content, anchor) {
  const anchored = anchor ? ` text-anchor="${anchor}"` : "";
  return `<text class="${kind}" x="${x}" y="${y}"${anchored}>${inXml(content)}</text>`;
}

/** @param {string} text */
function inXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
