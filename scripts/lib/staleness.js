// Decides whether something that was made has to be made again: from the contents of what it is
// made of and of what was made, not from times, which a checkout changes.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Something that is made of files and consists of files.
 *
 * @typedef {object} Artefact
 * @property {string} name
 * @property {string[]} inputs files and folders it is made of; one that is missing counts as such
 * @property {string[]} outputs files and folders it consists of
 */

/**
 * @typedef {{ inputs: string, outputs: string, facts: unknown }} Stamp
 */

/** What is remembered of each artefact since it was last made. */
export class Stamps {
  /**
   * @param {string} root the folder that all paths are relative to
   * @param {string} file where the stamps are kept, relative to it
   */
  constructor(root, file) {
    this.root = root;
    this.file = path.join(root, file);
  }

  /** @param {Artefact} artefact */
  isFresh(artefact) {
    const stamp = this.#read()[artefact.name];
    return (
      stamp !== undefined &&
      stamp.inputs === digest(this.root, artefact.inputs) &&
      stamp.outputs === digest(this.root, artefact.outputs)
    );
  }

  /**
   * What was remembered when the artefact was made.
   * @param {Artefact} artefact
   */
  facts(artefact) {
    return this.#read()[artefact.name]?.facts;
  }

  /**
   * Makes the artefact unless it is fresh, and remembers it with what `make` returns. The inputs
   * are looked at before: what changes meanwhile makes it stale again.
   *
   * @param {Artefact} artefact
   * @param {() => Promise<unknown>} make
   * @returns {Promise<boolean>} whether it was made
   */
  async refresh(artefact, make) {
    if (this.isFresh(artefact)) return false;
    const inputs = digest(this.root, artefact.inputs);
    this.#write(artefact.name, undefined);
    const facts = await make();
    this.#write(artefact.name, { inputs, outputs: digest(this.root, artefact.outputs), facts });
    return true;
  }

  /** @returns {Record<string, Stamp | undefined>} */
  #read() {
    try {
      return JSON.parse(readFileSync(this.file, "utf8"));
    } catch {
      // Missing or cut off: then everything is stale.
      return {};
    }
  }

  /**
   * @param {string} name
   * @param {Stamp | undefined} stamp
   */
  #write(name, stamp) {
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${JSON.stringify({ ...this.#read(), [name]: stamp }, null, 2)}\n`);
  }
}

/**
 * A digest of the names and contents of files and of all that is in folders.
 *
 * @param {string} root
 * @param {string[]} names relative to `root`
 */
export function digest(root, names) {
  const hash = createHash("sha256");
  for (const name of names) {
    for (const file of filesOf(root, name)) {
      const contents = createHash("sha256")
        .update(readFileSync(path.join(root, file)))
        .digest("hex");
      hash.update(`${file}\0${contents}\n`);
    }
    // So that a file which moves from one of the names to the next is seen.
    hash.update(`${name}\0\n`);
  }
  return hash.digest("hex");
}

/**
 * The file itself, all files in the folder, or nothing where there is neither.
 *
 * @param {string} root
 * @param {string} name
 * @returns {string[]}
 */
function filesOf(root, name) {
  const found = statSync(path.join(root, name), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [name];
  return readdirSync(path.join(root, name))
    .sort()
    .flatMap((entry) => filesOf(root, path.join(name, entry)));
}
