import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createCollectingLogger, openStore } from "servicenow-itsm-host";

import { Database } from "../js/store/database.js";
import { createEventTable } from "../js/store/event_table.js";
import { createClock } from "./clock.js";
import { hostWithConnector } from "./fake_type.js";

const RUN = { connectorId: "c", params: { text: "hi" } };

describe("the event log", () => {
  it("has the start and the end of a run, newest first", async () => {
    const clock = createClock();
    const host = await hostWithConnector(
      {
        executor: async ({ connectorUsageCollector }) => {
          connectorUsageCollector.addRequestBodyBytes(undefined, "four");
          await clock.advance(250);
        },
      },
      { now: clock.now },
    );
    await host.execute({ ...RUN, source: { type: "HTTP_REQUEST", source: null } });
    const about = {
      outcome: null,
      connectorId: "c",
      connectorName: "One",
      typeId: ".fake",
      taskId: null,
      attempt: null,
      source: "HTTP_REQUEST",
      message: null,
      serviceMessage: null,
      remedy: null,
      durationMs: null,
      requestBodyBytes: null,
    };
    assert.deepEqual(await host.events(), [
      {
        ...about,
        id: 2,
        timestamp: "1970-01-01T00:00:00.250Z",
        action: "execute",
        outcome: "success",
        durationMs: 250,
        requestBodyBytes: 4,
      },
      { ...about, id: 1, timestamp: "1970-01-01T00:00:00.000Z", action: "execute-start" },
    ]);
  });

  it("says what went wrong", async () => {
    const host = await hostWithConnector({
      executor: async () => {
        throw new Error("[Action][Fake]: down");
      },
    });
    await host.execute(RUN);
    const [event] = await host.events();
    assert.equal(event?.outcome, "failure");
    assert.equal(event?.message, "an error occurred while running the action");
    assert.equal(event?.serviceMessage, "[Action][Fake]: down");
  });

  it("says what to do about it, and what was done where nothing went wrong", async () => {
    const host = await hostWithConnector({
      executor: async ({ params }) =>
        params.text === "hi"
          ? { status: "ok", data: { title: "INC0010001" } }
          : { status: "error", message: "no", retry: false, errorMeta: { remedy: "Ask again." } },
    });
    await host.execute({ connectorId: "c", params: { text: "hi", subAction: "pushToService" } });
    await host.execute({ connectorId: "c", params: { text: "ho" } });
    assert.deepEqual(
      (await host.events({ outcome: "success" })).map(({ message, remedy }) => [message, remedy]),
      [["pushToService: INC0010001", null]],
    );
    assert.deepEqual(
      (await host.events({ outcome: "failure" })).map(({ message, remedy }) => [message, remedy]),
      [["no", "Ask again."]],
    );
  });

  it("has the end of a run that validation did not let begin", async () => {
    const host = await hostWithConnector();
    await host.execute({ connectorId: "c", params: {} });
    assert.deepEqual(
      (await host.events()).map(({ action, outcome, message }) => [action, outcome, message]),
      [["execute", "failure", "error validating action params: text is missing"]],
    );
  });

  it("is read page by page, and of one connector", async () => {
    const host = await hostWithConnector();
    const config = { apiUrl: "https://sn.example.com" };
    await host.createConnector({ id: "d", name: "Two", typeId: ".fake", config });
    for (const connectorId of ["c", "d", "c"]) await host.execute({ ...RUN, connectorId });
    const ids = async (/** @type {import("servicenow-itsm-host").EventQuery} */ query) =>
      (await host.events(query)).map(({ id }) => id);
    assert.deepEqual(await ids({}), [6, 5, 4, 3, 2, 1]);
    assert.deepEqual(await ids({ limit: 2 }), [6, 5]);
    assert.deepEqual(await ids({ limit: 2, before: 5 }), [4, 3]);
    assert.deepEqual(await ids({ connectorId: "c", limit: 3 }), [6, 5, 2]);
    assert.deepEqual(await ids({ connectorId: "d", before: 4 }), [3]);
    assert.deepEqual(await ids({ connectorId: "none" }), []);
  });

  it("gives no more than 100 events unasked, and no more than 1000", async () => {
    const store = openStore();
    const host = await hostWithConnector({}, { store });
    store.transaction(() => {
      for (let n = 0; n < 1001; n += 1) store.events.add({ action: "enqueued", timestamp: n });
    });
    assert.equal((await host.events()).length, 100);
    assert.equal((await host.events({ limit: 5000 })).length, 1000);
  });

  it("keeps the newest and lets go of the oldest", () => {
    const events = createEventTable(new Database(":memory:"), 3);
    for (let n = 1; n <= 5; n += 1) events.add({ action: "enqueued", timestamp: n });
    assert.deepEqual(
      events.list({ limit: 10 }).map(({ id }) => id),
      [5, 4, 3],
    );
  });

  it("cuts a text that is very long", async () => {
    const message = "x".repeat(100_000);
    const result = /** @type {const} */ ({ status: "error", message, serviceMessage: message });
    const host = await hostWithConnector({ executor: async () => result });
    assert.equal((await host.execute(RUN)).message, message);
    const [event] = await host.events();
    assert.equal(event?.message?.length, 4000);
    assert.equal(event?.serviceMessage?.length, 4000);
  });

  it("fails no run when it cannot be written", async () => {
    const store = openStore();
    const logger = createCollectingLogger();
    const host = await hostWithConnector({}, { store, logger });
    store.events.add = () => {
      throw new Error("disk full");
    };
    assert.equal((await host.execute(RUN)).status, "ok");
    const errors = logger.entries.filter(({ level }) => level === "error");
    assert.deepEqual(
      errors.map(({ message }) => message),
      [
        'the event "execute-start" could not be stored: disk full',
        'the event "execute" could not be stored: disk full',
      ],
    );
  });
});

describe("the counts for metrics", () => {
  it("are of the runs since the host was made", async () => {
    let status = /** @type {"ok" | "error"} */ ("ok");
    const host = await hostWithConnector({
      executor: async ({ connectorUsageCollector }) => {
        connectorUsageCollector.addRequestBodyBytes(undefined, "four");
        return { status };
      },
    });
    await host.execute(RUN);
    await host.execute(RUN);
    status = "error";
    await host.execute(RUN);
    const { runs, requestBodyBytes, tasks } = host.counts();
    assert.deepEqual(runs, { success: 2, failure: 1 });
    assert.equal(requestBodyBytes, 12);
    assert.deepEqual(tasks, { waiting: 0, running: 0, succeeded: 0, failed: 0 });
  });
});
