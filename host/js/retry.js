// Whether a failed attempt is followed by another, and when (kibana-host.md 3.5).

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const FIRST_DELAY = 30 * SECOND;
const LONGEST_DELAY = 60 * MINUTE;

/**
 * @param {object} attempt
 * @param {import("./types.js").ExecutorResult["retry"]} [attempt.retry] as the result has it
 * @param {number} attempt.attempts those made so far
 * @param {number} attempt.maxAttempts
 * @param {number} attempt.now
 * @param {() => number} attempt.random from 0 up to 1
 * @returns {number | undefined} nothing when the attempt was the last
 */
export function nextAttemptAt({ retry, attempts, maxAttempts, now, random }) {
  if (retry === false || attempts >= maxAttempts) return undefined;
  if (retry instanceof Date && !Number.isNaN(retry.getTime())) return retry.getTime();
  if (attempts === 1) return now + FIRST_DELAY;
  const longest = Math.min(LONGEST_DELAY, 5 * MINUTE * 2 ** (attempts - 2));
  return now + Math.round(random() * longest);
}
