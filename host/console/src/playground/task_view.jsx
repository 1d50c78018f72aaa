// What the host does about an alert: its attempts, when the next one is, and how it ended.

import { EuiBadge, EuiFlexGroup, EuiFlexItem, EuiSpacer, EuiText } from "@elastic/eui";

import { ExecutionFailure } from "../results/execution_failure.jsx";
import { NOTHING_TO_DO } from "../results/execution_result.jsx";
import { IncidentLink } from "../results/incident_link.jsx";
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
    <div data-test-subj="task" data-state={task?.state} aria-live="polite">
      <EuiSpacer size="s" />
      <EuiText size="s">
        <EuiFlexGroup gutterSize="s" alignItems="center" wrap responsive={false}>
          <Item>
            <strong>{group === "firing" ? "Fired" : "Recovered"}</strong>
          </Item>
          {task && (
            <>
              <Item>
                <EuiBadge color={STATES[task.state].color}>{STATES[task.state].label}</EuiBadge>
              </Item>
              <Item>
                <Success task={task} />
              </Item>
              <Item>
                <EuiText size="xs" color="subdued">
                  {wordsOfAttempts(task)}
                </EuiText>
              </Item>
            </>
          )}
        </EuiFlexGroup>
        {error && !task && <p>{error.message}</p>}
      </EuiText>
      {task?.result?.status === "error" && (
        <>
          <EuiSpacer size="s" />
          <ExecutionFailure failure={task.result} size="s" />
        </>
      )}
    </div>
  );
}

/** @param {{ children: React.ReactNode }} props */
function Item({ children }) {
  return <EuiFlexItem grow={false}>{children}</EuiFlexItem>;
}

/** @param {{ task: Task }} props */
function Success({ task: { result } }) {
  if (result?.status !== "ok") return null;
  const { title, url } = result.data ?? {};
  return title ? <IncidentLink number={title} url={url} /> : NOTHING_TO_DO;
}

/** @param {Task} task */
function wordsOfAttempts({ state, attempts, max_attempts: maxAttempts, run_at: runAt }) {
  const soFar = `attempt ${Math.max(attempts, 1)} of ${maxAttempts}`;
  if (state !== "waiting" || attempts === 0) return soFar;
  return `${soFar} failed, next at ${new Date(runAt).toLocaleTimeString()}`;
}
