// When something that was made has to be made again.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { Stamps } from "../../scripts/lib/staleness.js";

/** @type {string} */
let root;
/** @type {Stamps} */
let stamps;
let timesMade = 0;

const artefact = { name: "greeting", inputs: ["src", "settings", "absent"], outputs: ["out"] };

/**
 * @param {string} file
 * @param {string} text
 */
const write = (file, text) => writeFileSync(path.join(root, file), text);

const refresh = () =>
  stamps.refresh(artefact, async () => {
    timesMade += 1;
    mkdirSync(path.join(root, "out"), { recursive: true });
    write("out/result", "made");
    return { timesMade };
  });

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), "staleness-"));
  stamps = new Stamps(root, "stamps.json");
  timesMade = 0;
  mkdirSync(path.join(root, "src/deep"), { recursive: true });
  write("src/a", "one");
  write("src/deep/b", "two");
  write("settings", "three");
  assert.equal(await refresh(), true);
});

afterEach(() => rmSync(root, { recursive: true }));

describe("an artefact is not made again", () => {
  it("when nothing changed", async () => {
    assert.equal(await refresh(), false);
    assert.equal(timesMade, 1);
  });

  it("when only times changed", async () => {
    utimesSync(path.join(root, "src/a"), 1, 1);
    assert.equal(await refresh(), false);
  });

  it("and what it was remembered with is still known", () => {
    assert.deepEqual(stamps.facts(artefact), { timesMade: 1 });
  });
});

describe("an artefact is made again", () => {
  /** @type {Record<string, () => void>} */
  const changes = {
    "a file in a folder changed": () => write("src/deep/b", "other"),
    "a file was added": () => write("src/deep/c", ""),
    "a file was removed": () => rmSync(path.join(root, "src/a")),
    "a file was renamed": () => renameSync(path.join(root, "src/a"), path.join(root, "src/z")),
    "an input that was missing appeared": () => write("absent", ""),
    "what was made is gone": () => rmSync(path.join(root, "out"), { recursive: true }),
    "what was made was altered": () => write("out/result", "altered"),
    "the stamps cannot be read": () => write("stamps.json", '{ "greeting": {'),
  };
  for (const [change, make] of Object.entries(changes)) {
    it(`when ${change}`, async () => {
      make();
      assert.equal(await refresh(), true);
      assert.equal(await refresh(), false);
    });
  }

  it("when making it failed half way", async () => {
    write("src/a", "broken");
    const failing = stamps.refresh(artefact, async () => {
      throw new Error("no");
    });
    await assert.rejects(failing);
    write("src/a", "one");
    assert.equal(await refresh(), true);
  });

  it("when an input changed while it was made", async () => {
    write("src/a", "before");
    await stamps.refresh(artefact, async () => write("src/a", "meanwhile"));
    assert.equal(await refresh(), true);
  });
});
