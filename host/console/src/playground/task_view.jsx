// What the host does about an alert: its attempts, when the next one is, and how it ended.

import { EuiBadge, EuiFlexGroup, EuiFlexItem, EuiSpacer, EuiText } from "@elastic/eui";

import { ExecutionResult } from "../results/execution_result.jsx";
import { useTask } from "./use_task.js";

/** @typedef {import("../api/types.js").Task} Task */

/** @type {Record<Task["state"], { label: string, color: string }>} */
const STATES = {
  waiting: { label: "Waiting", color: "hollow" },
  running: { label: "Running", color: "primary" },
  succeeded: { label: "Done", color: "success" },
  failed: { label: "Failed", color: "danger" },
};

/**
 * @param {object} props
 * @param {import("./use_playground.js").Group} props.group
 * @param {string} props.taskId
 */
export function TaskView({ group, taskId }) {
  const { task, error } = useTask(taskId);
  return (
    <div data-test-subj="task" data-state={task?.state}>
      <EuiSpacer size="m" />
      <div aria-live="polite">
        <EuiFlexGroup gutterSize="s" alignItems="center" wrap responsive={false}>
          <EuiFlexItem grow={false}>
            <EuiText size="s">
              <strong>{group === "firing" ? "Fired" : "Recovered"}</strong>
            </EuiText>
          </EuiFlexItem>
          {task && (
            <>
              <EuiFlexItem grow={false}>
                <EuiBadge color={STATES[task.state].color}>{STATES[task.state].label}</EuiBadge>
              </EuiFlexItem>
              <EuiFlexItem grow={false}>
                <EuiText size="xs" color="subdued">
                  {wordsOfAttempts(task)}
                </EuiText>
              </EuiFlexItem>
            </>
          )}
        </EuiFlexGroup>
        {error && !task && (
          <EuiText size="s" color="danger">
            <p>{error.message}</p>
          </EuiText>
        )}
      </div>
      {task?.result && (
        <>
          <EuiSpacer size="s" />
          <ExecutionResult result={task.result} />
        </>
      )}
    </div>
  );
}

/** @param {Task} task */
function wordsOfAttempts({ state, attempts, max_attempts: maxAttempts, run_at: runAt }) {
  const soFar = `attempt ${Math.max(attempts, 1)} of ${maxAttempts}`;
  if (state !== "waiting" || attempts === 0) return soFar;
  return `${soFar} failed, next at ${new Date(runAt).toLocaleTimeString()}`;
}
