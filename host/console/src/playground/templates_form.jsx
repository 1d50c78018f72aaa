// The form of one action's params as templates, rendered as one types.

import { EuiCallOut, EuiSpacer } from "@elastic/eui";
import { useMemo } from "react";

import { ParamsForm } from "../params/params_form.jsx";
import { useRendered } from "./use_rendered.js";
import { forAlert, pathsOf } from "./variables.js";

/**
 * @param {object} props
 * @param {import("./use_playground.js").PlaygroundState} props.playground
 * @param {import("./use_playground.js").Group} props.group
 * @param {import("../params/use_choices.js").LoadedChoices} props.loaded
 */
export function TemplatesForm({ playground, group, loaded }) {
  const { connector, variables, shownAlert, templates } = playground;
  const { params, set, errors } = templates[group];
  const ofAlert = useMemo(
    () => variables && forAlert(variables, shownAlert, group),
    [variables, shownAlert, group],
  );
  const paths = useMemo(() => (ofAlert ? pathsOf(ofAlert) : []), [ofAlert]);
  const { fields, problem } = useRendered(params, ofAlert);
  return (
    <>
      {problem && (
        <>
          <EuiCallOut
            announceOnMount
            color="danger"
            iconType="error"
            size="s"
            title="The templates cannot be rendered in this page"
          >
            <p>{problem}</p>
          </EuiCallOut>
          <EuiSpacer size="m" />
        </>
      )}
      <ParamsForm
        params={params}
        onChange={set}
        errors={errors}
        rendered={fields}
        variables={paths}
        loaded={loaded}
        isDeprecated={connector.is_deprecated}
      />
    </>
  );
}
