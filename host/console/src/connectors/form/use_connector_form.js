// The state of a connector's form: what was entered, what is wrong with it, and when to say so.

import { useEffect, useMemo, useRef, useState } from "react";

import { errorsOf } from "./fields.js";

/** @import { Errors, FieldName, Values } from "./fields.js" */

/**
 * @typedef {object} ConnectorForm
 * @property {Values} values
 * @property {<K extends keyof Values>(name: K, value: Values[K]) => void} set
 * @property {(name: FieldName) => void} leave the user has been in the field
 * @property {Errors} shownErrors those of fields that the user has been in, all after a submission
 * @property {boolean} isValid
 * @property {boolean} isDirty
 * @property {() => boolean} submit whether all is valid; if not, the first wrong field is focused
 * @property {(values: Values) => void} reset
 * @property {React.RefObject<HTMLDivElement>} container to be set on what holds the fields
 */

/**
 * @param {() => Values} begin
 * @returns {ConnectorForm}
 */
export function useConnectorForm(begin) {
  const [values, setValues] = useState(begin);
  const [initial, setInitial] = useState(values);
  const [left, setLeft] = useState(/** @type {ReadonlySet<FieldName>} */ (new Set()));
  const [refusals, setRefusals] = useState(0);
  const container = useRef(/** @type {HTMLDivElement | null} */ (null));

  const errors = useMemo(() => errorsOf(values), [values]);
  const isValid = Object.keys(errors).length === 0;
  const shown = Object.entries(errors).filter(
    ([name]) => refusals > 0 || left.has(/** @type {FieldName} */ (name)),
  );

  useEffect(() => {
    if (refusals === 0) return;
    const field = container.current?.querySelector('[aria-invalid="true"]');
    if (field instanceof HTMLElement) field.focus();
  }, [refusals]);

  return {
    values,
    set: (name, value) => setValues((before) => ({ ...before, [name]: value })),
    leave: (name) => setLeft((before) => new Set(before).add(name)),
    shownErrors: Object.fromEntries(shown),
    isValid,
    isDirty: JSON.stringify(values) !== JSON.stringify(initial),
    submit() {
      if (!isValid) setRefusals((before) => before + 1);
      return isValid;
    },
    reset(anew) {
      setValues(anew);
      setInitial(anew);
      setLeft(new Set());
      setRefusals(0);
    },
    container,
  };
}
