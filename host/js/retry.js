// Whether a failed attempt is followed by another, and when (kibana-host.md 3.5).
//
// A rule says its action again with the next check. An alert from outside is said once: its tasks
// are retried until a time, at shorter distances, and not only a number of times.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const FIRST_DELAY = 30 * SECOND;
const LONGEST_DELAY = 60 * MINUTE;
/** A service that is back is noticed so soon. */
const LONGEST_DELAY_UNTIL = 15 * MINUTE;

/**
 * @typedef {object} Attempt
 * @property {import("./types.js").ExecutorResult["retry"]} [retry] as the result has it
 * @property {number} attempts those made so far
 * @property {number} maxAttempts
 * @property {number | null} [retryUntil] the attempts are not counted before then
 * @property {number} now
 * @property {() => number} random from 0 up to 1
 */

/**
 * @param {Attempt} attempt
 * @returns {number | undefined} nothing when the attempt was the last
 */
export function nextAttemptAt({ retryUntil = null, ...attempt }) {
  const { retry, attempts, maxAttempts, now } = attempt;
  if (retry === false) return undefined;
  const named = retry instanceof Date ? retry.getTime() : Number.NaN;
  if (retryUntil === null) {
    if (attempts >= maxAttempts) return undefined;
    return Number.isNaN(named) ? now + delay(attempt) : named;
  }
  // A time that is over already must not make a day of attempts without a pause.
  const next = Math.max(now + patientDelay(attempt), Number.isNaN(named) ? now : named);
  return attempts < maxAttempts || next <= retryUntil ? next : undefined;
}

/** @param {Pick<Attempt, "attempts" | "random">} attempt */
function delay({ attempts, random }) {
  if (attempts === 1) return FIRST_DELAY;
  const longest = Math.min(LONGEST_DELAY, 5 * MINUTE * 2 ** (attempts - 2));
  return Math.round(random() * longest);
}

/**
 * At least half of it: what waits for a service that is away does not come back all at once, and
 * leaves it some peace.
 *
 * @param {Pick<Attempt, "attempts" | "random">} attempt
 */
function patientDelay({ attempts, random }) {
  const longest = Math.min(LONGEST_DELAY_UNTIL, FIRST_DELAY * 2 ** (attempts - 1));
  return Math.round(((1 + random()) * longest) / 2);
}
