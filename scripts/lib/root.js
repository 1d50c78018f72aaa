// Where the project is: every path of the scripts is relative to this folder.

import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * The absolute path of a file of the project.
 * @param {string[]} parts
 */
export const inProject = (...parts) => path.join(root, ...parts);
