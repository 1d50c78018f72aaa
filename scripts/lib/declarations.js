// Makes `types/` of the comments in `js/`: what users of the package can reach, and nothing else.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { localProgram } from "./javascript.js";
import { inProject } from "./root.js";
import { runShown } from "./run.js";

/** What the package's functions give and take, by name: a program that calls them wants to as well. */
const NAMED_IN_INDEX = ["api", "types"];

/** Where the compiler puts the declarations of all files. */
const COMPILED = "target/types";

/** Makes the declarations that the package's `exports` name, with all that they refer to. */
export async function makeDeclarations() {
  for (const folder of ["types", COMPILED]) {
    rmSync(inProject(folder), { recursive: true, force: true });
  }
  const args = ["-p", "tsconfig.build.json", "--outDir", COMPILED];
  await runShown("Generate the type declarations", localProgram("tsc"), args);
  const { exports } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  for (const entry of new Set(declarationsIn(exports))) {
    const [, name, kind = ""] = /^\.\/types\/(.*)\.d\.(c?ts)$/.exec(entry) ?? [];
    if (name === undefined) continue;
    for (const [file, text] of reachable(name)) {
      const output = inProject("types", `${file}.d.${kind}`);
      mkdirSync(path.dirname(output), { recursive: true });
      // A CommonJS file may not refer to an ES module, as TypeScript sees it: it gets its own.
      writeFileSync(
        output,
        kind === "cts" ? text.replace(/(["']\.[^"']*)\.js\b/g, "$1.cjs") : text,
      );
    }
  }
}

/**
 * The values of all conditions called `types`, at any depth.
 *
 * @param {any} exports
 * @returns {string[]}
 */
function declarationsIn(exports) {
  if (typeof exports !== "object" || exports === null) return [];
  return Object.entries(exports).flatMap(([condition, value]) =>
    condition === "types" && typeof value === "string" ? [value] : declarationsIn(value),
  );
}

/**
 * A file's declarations and those that it refers to, by name.
 *
 * @param {string} entry
 * @param {Map<string, string>} [found]
 */
function reachable(entry, found = new Map()) {
  if (found.has(entry)) return found;
  const text = declarations(entry);
  found.set(entry, text);
  for (const [, reference = ""] of text.matchAll(/["'](\.[^"']*)\.js["']/g)) {
    reachable(path.posix.join(path.posix.dirname(entry), reference), found);
  }
  return found;
}

/** A comment that declares a type, up to its first tag and from there on. */
const DECLARING = /\/\*\*((?:(?!\*\/)[\s\S])*?)@(?:typedef|import|template)\b([\s\S]*?)\*\/\n/g;

/**
 * A file's declarations. The compiler gives a type that a comment declares without what the comment
 * says of it, and leaves some of the comments behind.
 *
 * @param {string} name
 * @returns {string}
 */
function declarations(name) {
  const descriptions = descriptionsIn(readFileSync(inProject("js", `${name}.js`), "utf8"));
  const text = readFileSync(inProject(COMPILED, `${name}.d.ts`), "utf8")
    .replace(DECLARING, "")
    .replace(/^export type (\w+)/gm, (line, type) => {
      const description = descriptions.get(type);
      return description ? `/**${description}\n */\n${line}` : line;
    });
  if (name !== "index") return text;
  // By their names: older compilers know no other way.
  const types = NAMED_IN_INDEX.map((file) => {
    const names = [...declarations(file).matchAll(/^export type (\w+)/gm)].map(([, type]) => type);
    return `export type { ${names.join(", ")} } from "./${file}.js";\n`;
  });
  return text + types.join("");
}

/**
 * What a file says of the types that it declares, by their names.
 *
 * @param {string} source
 * @returns {Map<string, string>}
 */
function descriptionsIn(source) {
  const found = new Map();
  for (const [, description = "", tags = ""] of source.matchAll(DECLARING)) {
    const name = /(?:^|@typedef) ?\{[\s\S]*?\} (\w+)\s*$/m.exec(tags)?.[1];
    if (name) found.set(name, description.replace(/[\s*]+$/, ""));
  }
  return found;
}
