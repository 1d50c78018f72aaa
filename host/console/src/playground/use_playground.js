// What is set on the playground: the connector, the variables, the templates and the alerts.

import { useMemo, useState } from "react";

import { firingDefaults, recoveredDefaults, withField } from "../params/params.js";
import { errorsOf } from "../params/validate.js";
import { EXAMPLES } from "./examples/index.js";
import { readVariables } from "./variables.js";

/** @typedef {import("../api/types.js").Connector} Connector */
/** @typedef {import("../params/params.js").ActionParams} ActionParams */
/** @typedef {import("./examples/index.js").Example} Example */
/** @typedef {"firing" | "recovered"} Group of an alert */

/** @typedef {ReturnType<typeof usePlayground>} PlaygroundState */

const DEFAULTS = { firing: firingDefaults, recovered: recoveredDefaults };

/** @param {Connector[]} connectors at least one */
export function usePlayground(connectors) {
  const [connectorId, setConnectorId] = useState(() => first(connectors).id);
  const [text, setText] = useState(() => indented(EXAMPLES[0]));
  const [example, setExample] = useState(/** @type {Example | undefined} */ (EXAMPLES[0]));
  const [firing, setFiring] = useState(firingDefaults);
  const [recovered, setRecovered] = useState(recoveredDefaults);
  const [alertIds, setAlertIds] = useState(() => [EXAMPLES[0].variables.alert.id]);
  const [shownAlert, setShownAlert] = useState(EXAMPLES[0].variables.alert.id);
  const { variables, problem } = useMemo(() => readVariables(text), [text]);
  const connector = connectors.find(({ id }) => id === connectorId) ?? first(connectors);

  const templates = {
    firing: { params: firing, set: setFiring, errors: errorsOf(firing) },
    recovered: { params: recovered, set: setRecovered, errors: errorsOf(recovered) },
  };

  return {
    connector,
    /** @param {string} id whose templates begin anew, as in a rule */
    chooseConnector(id) {
      setConnectorId(id);
      setFiring(DEFAULTS.firing);
      setRecovered(DEFAULTS.recovered);
    },

    text,
    example,
    variables,
    problem,
    /** @param {string} text of somebody's own */
    writeVariables(text) {
      setText(text);
      setExample(undefined);
    },
    /** @param {Example} chosen */
    chooseExample(chosen) {
      setText(indented(chosen));
      setExample(chosen);
      setAlertIds([chosen.variables.alert.id]);
      setShownAlert(chosen.variables.alert.id);
    },

    templates,
    /** @param {Example} source whose texts take the place of those that are there */
    takeTexts({ templates: texts }) {
      const { additional_fields: _fields, ...others } = texts;
      const taken = connector.is_deprecated ? others : texts;
      setFiring((params) =>
        Object.entries(taken).reduce(
          (filled, [name, text]) =>
            withField(filled, /** @type {keyof typeof texts} */ (name), text),
          params,
        ),
      );
    },

    alertIds,
    /** @param {string} id */
    addAlert: (id) => setAlertIds((ids) => [...ids, id]),
    /** @param {string} id */
    removeAlert(id) {
      const others = alertIds.filter((other) => other !== id);
      setAlertIds(others);
      if (shownAlert === id) setShownAlert(others[0] ?? id);
    },
    /** The alert that the rendered texts are shown for. */
    shownAlert,
    showAlert: setShownAlert,
  };
}

/** @param {Connector[]} connectors */
function first(connectors) {
  return /** @type {Connector} */ (
    connectors.find(({ is_deprecated: isDeprecated }) => !isDeprecated) ?? connectors[0]
  );
}

/** @param {Example} example */
function indented({ variables }) {
  return JSON.stringify(variables, null, 2);
}
