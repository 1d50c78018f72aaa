// One alert, its two buttons, and what became of them.

import {
  EuiButton,
  EuiButtonIcon,
  EuiFlexGroup,
  EuiFlexItem,
  EuiPanel,
  EuiSpacer,
  EuiText,
} from "@elastic/eui";

import { ApiError } from "../api/request.js";
import { TaskView } from "./task_view.jsx";
import { useAlert } from "./use_alert.js";

/** @type {{ group: import("./use_playground.js").Group, label: string, icon: string }[]} */
const BUTTONS = [
  { group: "firing", label: "Fire", icon: "bolt" },
  { group: "recovered", label: "Recover", icon: "checkCircle" },
];

/**
 * @param {object} props
 * @param {string} props.alertId
 * @param {import("./use_playground.js").PlaygroundState} props.playground
 * @param {() => void} [props.onRemove]
 */
export function AlertCard({ alertId, playground, onRemove }) {
  const { runs, pending, error, run } = useAlert(alertId, playground);
  const isUsable = (/** @type {import("./use_playground.js").Group} */ group) =>
    pending === undefined && whyNot(playground, group) === undefined;
  return (
    <>
      <EuiPanel hasBorder hasShadow={false} paddingSize="m" data-test-subj="alert">
        <EuiFlexGroup gutterSize="s" alignItems="center" wrap responsive={false}>
          <EuiFlexItem style={{ minWidth: 100 }}>
            <EuiText size="s">
              <h3 style={{ overflowWrap: "anywhere" }}>{alertId}</h3>
            </EuiText>
          </EuiFlexItem>
          {BUTTONS.map(({ group, label, icon }) => (
            <EuiFlexItem key={group} grow={false}>
              <EuiButton
                size="s"
                fill={group === "firing"}
                color={group === "firing" ? "primary" : "success"}
                iconType={icon}
                isLoading={pending === group}
                // A disabled button would lose the focus.
                hasAriaDisabled
                isDisabled={!isUsable(group)}
                aria-label={`${label} ${alertId}`}
                onClick={() => isUsable(group) && run(group)}
                data-test-subj={group}
              >
                {label}
              </EuiButton>
            </EuiFlexItem>
          ))}
          {onRemove && (
            <EuiFlexItem grow={false}>
              <EuiButtonIcon
                iconType="trash"
                color="text"
                aria-label={`Remove ${alertId}`}
                onClick={onRemove}
              />
            </EuiFlexItem>
          )}
        </EuiFlexGroup>
        <WhyNot playground={playground} />
        {error && (
          <EuiText size="s" color="danger" role="alert">
            <p>
              {error.message}
              {isTooLarge(error) &&
                ". Shorten the variables, or raise server.maxPayload of the host."}
            </p>
          </EuiText>
        )}
        {runs.map(({ group, taskId }) => (
          <TaskView key={taskId} group={group} taskId={taskId} />
        ))}
      </EuiPanel>
      <EuiSpacer size="m" />
    </>
  );
}

/** @param {Error} error */
function isTooLarge(error) {
  return error instanceof ApiError && error.statusCode === 413;
}

/** @param {{ playground: import("./use_playground.js").PlaygroundState }} props */
function WhyNot({ playground }) {
  const reasons = [...new Set(BUTTONS.map(({ group }) => whyNot(playground, group)))];
  const [reason] = reasons.filter((reason) => reason !== undefined);
  return reason ? (
    <EuiText size="xs" color="subdued">
      <p>{reason}</p>
    </EuiText>
  ) : null;
}

/**
 * @param {import("./use_playground.js").PlaygroundState} playground
 * @param {import("./use_playground.js").Group} group
 * @returns {string | undefined} what keeps the action from being run
 */
function whyNot({ variables, templates }, group) {
  if (!variables) return "Mend the variables first.";
  const [error] = Object.values(templates[group].errors);
  const which = group === "firing" ? "To fire" : "To recover";
  return error && `${which}: ${error}`;
}
