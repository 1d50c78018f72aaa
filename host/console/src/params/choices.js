// The choices of an instance, as the selects show them.

/** The fields that are asked for, in this order. */
export const CHOICE_FIELDS = /** @type {const} */ ([
  "urgency",
  "severity",
  "impact",
  "category",
  "subcategory",
]);

/** @typedef {typeof CHOICE_FIELDS[number]} ChoiceField */

/** @typedef {import("servicenow-itsm-connector").Choice} Choice */

/** @typedef {{ value: string, text: string }} Option */

/**
 * @param {readonly Choice[]} choices
 * @param {ChoiceField} field
 * @param {string | null} [dependsOn] only choices for this value of the field that it depends on
 * @returns {Option[]}
 */
export function optionsOf(choices, field, dependsOn) {
  return choices
    .filter(({ element }) => element === field)
    .filter((choice) => dependsOn === undefined || choice.dependent_value === dependsOn)
    .map(({ value, label }) => ({ value, text: label }));
}
