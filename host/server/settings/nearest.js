// Finds the name that somebody may have meant.

/** As many letters may be wrong, at most. */
const TOLERANCE = 3;

/**
 * @param {string} name
 * @param {readonly string[]} known
 * @returns {string | undefined}
 */
export function nearest(name, known) {
  const [best] = known
    .map((candidate) => ({ candidate, far: distance(name, candidate) }))
    .sort((one, other) => one.far - other.far);
  return best && best.far <= TOLERANCE ? best.candidate : undefined;
}

/**
 * How many letters have to be put in, taken out or replaced.
 *
 * @param {string} from
 * @param {string} to
 */
function distance(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = Number(row[j]) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(replaced, Number(row[j + 1]) + 1, Number(next[j]) + 1));
    }
    row = next;
  }
  return Number(row.at(-1));
}
