/**
 * How long an action waits: for an answer, for the host's token client, for others that get its token.
 * It has a deadline, and its host can end it.
 */
import { TransportError, unsent } from "./transport_error.js";

/**
 * @typedef {object} TimeSettings
 * @property {number} timeout milliseconds from the beginning of a wait to its end
 * @property {number} actionTimeout milliseconds from now to the end of the action's last wait
 * @property {AbortSignal} [signal] ends the action
 */

/**
 * @typedef {ReturnType<typeof createLimits>} Limits
 */

/**
 * Where a host does not say: milliseconds and bytes. An action ends before Kibana would end it, after
 * five minutes.
 */
export const DEFAULT_LIMITS = {
  timeout: 60_000,
  maxContentLength: 1_048_576,
  actionTimeout: 240_000,
};

/**
 * The limits of an action that begins now.
 *
 * @param {TimeSettings} settings
 */
export function createLimits({ timeout, actionTimeout, signal }) {
  const deadline = Date.now() + (actionTimeout || Number.POSITIVE_INFINITY);
  const canceled = () => new TransportError("ERR_CANCELED", "canceled");
  const tooLate = () =>
    new TransportError("ERR_DEADLINE", `deadline of ${actionTimeout}ms exceeded`);
  const timedOut = () => new TransportError("ECONNABORTED", `timeout of ${timeout}ms exceeded`);

  /** Why nothing more may begin; `undefined` as long as it may. */
  const exceeded = () => {
    if (signal?.aborted) return unsent(canceled());
    return deadline <= Date.now() ? unsent(tooLate()) : undefined;
  };

  /**
   * Says when a wait must end.
   *
   * @param {number} most milliseconds; 0 where only the action's own end counts
   * @param {(error: TransportError) => void} end
   * @returns {() => void} to be called when nobody waits any more
   */
  const watch = (most, end) => {
    const over = exceeded();
    if (over) end(over);
    const left = deadline - Date.now();
    const timer =
      most && most < left ? after(most, () => end(timedOut())) : after(left, () => end(tooLate()));
    const abort = () => end(canceled());
    signal?.addEventListener("abort", abort);
    return () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
  };

  /** @type {Promise<TransportError | undefined> | undefined} */
  let over;
  let release = () => {};
  return {
    exceeded,

    /**
     * Does work, and waits for it no longer than it may take.
     *
     * @template T
     * @param {(signal: AbortSignal) => Promise<T>} work
     * @returns {Promise<T>}
     */
    async within(work) {
      const ended = new AbortController();
      /** @type {(() => void) | undefined} */
      let stop;
      try {
        return await new Promise((resolve, reject) => {
          // Not everything that is given a signal obeys it.
          stop = watch(timeout, (error) => {
            ended.abort(error);
            reject(error);
          });
          work(ended.signal).then(resolve, reject);
        });
      } catch (error) {
        throw ended.signal.aborted ? ended.signal.reason : error;
      } finally {
        stop?.();
      }
    },

    /** Why the action must not wait any longer, as soon as it must not. */
    over() {
      over ??= new Promise((resolve) => {
        const stop = watch(0, resolve);
        release = () => {
          stop();
          // What waits in the module for a promise is kept until that is settled.
          resolve(undefined);
        };
      });
      return over;
    },

    /** Called when the action waits for nothing any more. */
    release: () => release(),
  };
}

/**
 * A timer; none for what never comes. Months are as long as one can be.
 *
 * @param {number} milliseconds
 * @param {() => void} action
 */
function after(milliseconds, action) {
  if (milliseconds === Number.POSITIVE_INFINITY) return undefined;
  return setTimeout(action, Math.min(milliseconds, 2 ** 31 - 1));
}
