// The fields of an action that opens or updates an incident (servicenow-itsm.md 7.4).

import { EuiTitle } from "@elastic/eui";

import { ChoiceSelect } from "./choice_select.jsx";
import { optionsOf } from "./choices.js";
import { CorrelationIdField } from "./correlation_id_field.jsx";
import { JsonField } from "./json_field.jsx";
import { Column, Row } from "./layout.jsx";
import { TextField } from "./text_field.jsx";

/**
 * @param {object} props
 * @param {import("./use_params_form.js").ParamsFormState} props.form
 * @param {import("./use_choices.js").LoadedChoices} props.loaded
 * @param {boolean} props.isDeprecated
 */
export function TriggerFields({ form, loaded, isDeprecated }) {
  const { choices, isLoading } = loaded;
  const category = form.field("category").value;
  const subcategories = category === "" ? [] : optionsOf(choices, "subcategory", category);
  const select = (/** @type {import("./choices.js").ChoiceField} */ name) => ({
    name,
    form,
    isLoading,
    options: optionsOf(choices, name),
  });
  return (
    <Column>
      <EuiTitle size="xs">
        <h3>Incident</h3>
      </EuiTitle>
      <ChoiceSelect {...select("urgency")} label="Urgency" />
      <Row>
        <ChoiceSelect {...select("severity")} label="Severity" />
        <ChoiceSelect {...select("impact")} label="Impact" />
      </Row>
      <Row>
        <ChoiceSelect {...select("category")} label="Category" />
        {subcategories.length > 0 && (
          <ChoiceSelect {...select("subcategory")} label="Subcategory" options={subcategories} />
        )}
      </Row>
      {!isDeprecated && (
        <Row>
          <CorrelationIdField form={form} mark="Optional" />
          <TextField
            form={form}
            name="correlation_display"
            label="Correlation display"
            mark="Optional"
            testId="correlation_displayInput"
          />
        </Row>
      )}
      <TextField
        form={form}
        name="short_description"
        label="Short description"
        testId="short_descriptionInput"
      />
      <TextField
        form={form}
        name="description"
        label="Description"
        mark="Optional"
        testId="descriptionTextArea"
        multiline
      />
      <TextField
        form={form}
        name="comments"
        label="Additional comments"
        mark="Optional"
        testId="commentsTextArea"
        multiline
      />
      {!isDeprecated && <JsonField form={form} />}
    </Column>
  );
}
