// Prometheus Alertmanager, which the tests of the webhooks are sent alerts by: finds it, and installs
// it where that is possible.

import { SetupError } from "./failure.js";
import { findProgram, installSystemPackages } from "./programs.js";

/** Debian's name for it, and that of everybody else. */
const NAMES = ["prometheus-alertmanager", "alertmanager"];

/** @returns {string | undefined} its path */
export function findAlertmanager() {
  return NAMES.map(findProgram).find((file) => file !== undefined);
}

/** @returns {Promise<string>} its path */
export async function ensureAlertmanager() {
  const before = findAlertmanager();
  if (before) return before;
  await installSystemPackages({
    missing: "Prometheus Alertmanager is missing: the tests of the webhooks need it.",
    debian: ["prometheus-alertmanager"],
    macos: "brew install alertmanager",
  });
  const after = findAlertmanager();
  if (after) return after;
  throw new SetupError(
    "Alertmanager was installed and yet is not found.",
    `Put a program named ${NAMES.join(" or ")} on PATH.`,
  );
}
