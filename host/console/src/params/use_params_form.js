// What a form of params needs for each of its fields: the value, how to change it, and what is
// wrong with it once somebody has been there.

import { useState } from "react";

import { commentOf, withComment, withField } from "./params.js";

/** @typedef {import("./params.js").ActionParams} ActionParams */
/** @typedef {import("./params.js").IncidentParams} IncidentParams */

/** @typedef {keyof IncidentParams | "comments"} FieldName */

/**
 * What became of a template.
 *
 * @typedef {object} Rendered
 * @property {string} text
 * @property {string} [error] why it is not what its author meant
 */

/** @typedef {{ [Name in FieldName]?: Rendered }} RenderedFields */

/**
 * @typedef {object} Field
 * @property {string} value
 * @property {(text: string) => void} onChange
 * @property {() => void} onBlur
 * @property {string | undefined} error
 * @property {Rendered | undefined} rendered
 */

/**
 * @typedef {object} ParamsFormOptions
 * @property {ActionParams} params
 * @property {(params: ActionParams) => void} onChange
 * @property {import("./validate.js").FieldErrors} errors
 * @property {boolean} [showErrors] of every field, also where nobody has been yet
 * @property {RenderedFields} [rendered] what the fields' templates come to
 * @property {readonly string[]} [variables] what the texts may name; without any they are no
 *   templates
 */

/** @typedef {ReturnType<typeof useParamsForm>} ParamsFormState */

/** @param {ParamsFormOptions} options */
export function useParamsForm({ params, onChange, errors, showErrors, rendered, variables }) {
  const [touched, setTouched] = useState(/** @type {ReadonlySet<FieldName>} */ (new Set()));
  const touch = (/** @type {FieldName} */ name) =>
    setTouched((before) => new Set(before).add(name));

  /**
   * @param {FieldName} name
   * @returns {Field}
   */
  const field = (name) => ({
    value: name === "comments" ? commentOf(params) : (params.subActionParams.incident[name] ?? ""),
    onChange: (text) => {
      touch(name);
      onChange(name === "comments" ? withComment(params, text) : withField(params, name, text));
    },
    onBlur: () => touch(name),
    error:
      showErrors || touched.has(name)
        ? /** @type {Record<string, string | undefined>} */ (errors)[name]
        : undefined,
    rendered: rendered?.[name],
  });

  return { field, variables };
}
