// Takes the digests out of the names by which a module imports its bindings: they stand in both, and
// nothing makes them smaller.

const WITH_DIGEST = /\b(__wbg_\w+?)_[0-9a-f]{16}\b/g;

/**
 * @param {string} bindings
 * @returns {(text: string) => string} shortens all of the bindings' names in a text, each to a name of
 *   its own
 */
export function shortener(bindings) {
  /** @type {Map<string, string>} */
  const short = new Map();
  const taken = new Set(bindings.match(/\b__wbg_\w+/g));
  for (const [name, stem = ""] of bindings.matchAll(WITH_DIGEST)) {
    if (short.has(name)) continue;
    let chosen = stem;
    for (let count = 2; taken.has(chosen); count++) chosen = `${stem}${count}`;
    taken.add(chosen);
    short.set(name, chosen);
  }
  return (text) => text.replace(WITH_DIGEST, (name) => short.get(name) ?? name);
}
