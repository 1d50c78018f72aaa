// Kibana's routes for connectors (kibana-host.md 9).

import { Invalid, object, record, text, withDefault, withoutBlanks } from "../schema.js";
import { connectorBody, snakeCase } from "../wire.js";

/** @typedef {import("../context.js").Context} Context */

const settingsRecord = withDefault(record(withoutBlanks), {});

const createBody = object({
  name: text,
  connector_type_id: text,
  config: settingsRecord,
  secrets: settingsRecord,
});

const updateBody = object({ name: text, config: settingsRecord, secrets: settingsRecord });

const LONGEST_ID = 36;

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {Context} context
 */
export async function connectorRoutes(app, { host }) {
  app.post("/api/actions/connector", (request) => create(request.body));
  app.post("/api/actions/connector/:id", (request) => create(request.body, idOf(request)));

  app.get("/api/actions/connector/:id", async (request) =>
    connectorBody(await host.getConnector(idOf(request))),
  );

  app.put("/api/actions/connector/:id", async (request) => {
    const draft = updateBody(request.body, ["body"]);
    return connectorBody(await host.updateConnector({ id: idOf(request), ...draft }));
  });

  app.delete("/api/actions/connector/:id", async (request, reply) => {
    await host.deleteConnector(idOf(request));
    return reply.code(204).send();
  });

  app.get("/api/actions/connectors", async () => (await host.listConnectors()).map(connectorBody));

  app.get("/api/actions/connector_types", async (request) => {
    const { feature_id: featureId } = featureQuery(request.query, ["query"]);
    return (await host.listConnectorTypes(featureId)).map(snakeCase);
  });

  /**
   * @param {unknown} body
   * @param {string} [id]
   */
  async function create(body, id) {
    if (id !== undefined) checkChosenId(id);
    const { connector_type_id: typeId, ...draft } = createBody(body, ["body"]);
    return connectorBody(await host.createConnector({ ...(id && { id }), typeId, ...draft }));
  }
}

const featureQuery = object({ feature_id: (value) => (value === undefined ? value : text(value)) });

/** @param {{ params: unknown }} request */
function idOf({ params }) {
  return /** @type {{ id: string }} */ (params).id;
}

/** @param {string} id */
function checkChosenId(id) {
  const path = ["params", "id"];
  if (id.length > LONGEST_ID) {
    throw new Invalid(
      path,
      `value has length [${id.length}] but it must have a maximum length of [${LONGEST_ID}].`,
    );
  }
  if (!/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/.test(id)) {
    throw new Invalid(
      path,
      "expected lower case letters and digits, with single hyphens or underscores between them",
    );
  }
}
