// Prints rows as columns.

/**
 * The rows as lines of aligned columns. Columns whose index is in `right` are aligned to the right.
 *
 * @param {string[][]} rows
 * @param {{ right?: number[] }} [options]
 */
export function table(rows, { right = [] } = {}) {
  /** @type {number[]} */
  const widths = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
