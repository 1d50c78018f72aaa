// A disk without room, which the largest number of pages of a database stands for.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Database, MEMORY } from "../js/store/database.js";

const FULL = { message: /full/ };

function fullDatabase() {
  const database = new Database(MEMORY);
  const { page_count: pages } = database.get("PRAGMA page_count");
  database.get(`PRAGMA max_page_count = ${pages + 5}`);
  return database;
}

/**
 * @param {Database} database
 * @param {string} name
 * @param {number} [bytes]
 */
const store = (database, name, bytes = 10) =>
  database.run("INSERT INTO meta (name, value) VALUES (?, ?)", [name, new Uint8Array(bytes)]);

/** @param {Database} database */
const names = (database) => database.all("SELECT name FROM meta").map(({ name }) => name);

test("the error of a change that finds no room says so, and nothing of it is stored", () => {
  const database = fullDatabase();
  const change = () => {
    store(database, "small");
    store(database, "large", 100_000);
  };
  assert.throws(() => database.transaction(change), FULL);
  assert.deepEqual(names(database), []);
});

test("a change that goes on after such an error stores nothing, and fails with it", () => {
  const database = fullDatabase();
  const change = () => {
    store(database, "before");
    assert.throws(() => store(database, "large", 100_000), FULL);
    assert.throws(() => store(database, "after"), FULL);
  };
  assert.throws(() => database.transaction(change), FULL);
  const goesOn = () => {
    store(database, "before");
    assert.throws(() => store(database, "large", 100_000), FULL);
  };
  assert.throws(() => database.transaction(goesOn), FULL);
  assert.deepEqual(names(database), []);
});

test("what there is room for is stored afterwards", () => {
  const database = fullDatabase();
  assert.throws(() => database.transaction(() => store(database, "large", 100_000)), FULL);
  assert.throws(() => store(database, "large", 100_000), FULL);
  database.transaction(() => store(database, "small"));
  assert.deepEqual(names(database), ["small"]);
});
