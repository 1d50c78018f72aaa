// A task of the host, followed until it ends.

import { getTask } from "../api/index.js";
import { useInterval } from "../parts/use_interval.js";
import { useRequest } from "../parts/use_request.js";

const SOON_MS = 400;
/** A retry that is far away is asked for less often. */
const LATER_MS = 3000;

/** @param {string} taskId */
export function useTask(taskId) {
  const { data: task, error, reload } = useRequest((signal) => getTask(taskId, signal), taskId);
  const isOver = task?.state === "succeeded" || task?.state === "failed";
  useInterval(reload, isOver ? undefined : pauseBefore(task));
  return { task, error };
}

/** @param {import("../api/types.js").Task} [task] */
function pauseBefore(task) {
  const isFarAway = task?.state === "waiting" && Date.parse(task.run_at) - Date.now() > LATER_MS;
  return isFarAway ? LATER_MS : SOON_MS;
}
