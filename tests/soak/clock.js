// The time of a soak: a thousand times as fast as everybody's, for the host and the instance alike, so
// that a day of retries, half an hour of a token and an hour of a rate limit are a matter of seconds.
//
// Only what is waited for is faster. How long an answer may take is real time.

export const SPEED = 1000;

/**
 * @param {number} start milliseconds since 1970, at which it tells the real time
 * @returns {() => number}
 */
export function fastClock(start) {
  return () => Math.floor(start + (performance.timeOrigin + performance.now() - start) * SPEED);
}
