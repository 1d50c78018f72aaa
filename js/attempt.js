/** What a host is told, or counts for itself: its failing must not end an action. */

/**
 * Calls a function of a host's, and waits for nothing. Nobody would hear of what an asynchronous one
 * rejects with: a process ends on that.
 *
 * @param {() => unknown} call
 * @returns {Promise<void>} never rejects
 */
export async function attempt(call) {
  try {
    await call();
  } catch {}
}
