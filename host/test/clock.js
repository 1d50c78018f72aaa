// A clock that a test moves by hand: timers fire when their time has come, and no test waits.

/** @typedef {{ at: number, callback: () => void }} Timer */

export function createClock() {
  let time = 0;
  /** @type {Timer[]} */
  let timers = [];
  let longest = 0;

  const clock = {
    now: () => time,

    /** @type {import("../js/task_runner.js").SetTimer} */
    setTimer(callback, milliseconds) {
      const timer = { at: time + milliseconds, callback };
      timers.push(timer);
      longest = Math.max(longest, milliseconds);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },

    /**
     * Moves on, from timer to timer, and lets everything happen that they set off.
     *
     * @param {number} milliseconds
     */
    async advance(milliseconds) {
      const end = time + milliseconds;
      await settle();
      for (;;) {
        const [next] = timers.toSorted((a, b) => a.at - b.at);
        if (next === undefined || next.at > end) break;
        timers = timers.filter((timer) => timer !== next);
        time = next.at;
        next.callback();
        await settle();
      }
      time = end;
    },

    /**
     * The time of day is set to another; timers run on.
     *
     * @param {number} milliseconds
     */
    set(milliseconds) {
      timers = timers.map((timer) => ({ ...timer, at: timer.at + milliseconds - time }));
      time = milliseconds;
    },

    /** How many timers wait: none keeps a process alive that has nothing to do. */
    pending: () => timers.length,

    /** The milliseconds of the longest timer so far. */
    longest: () => longest,
  };
  return clock;
}

/** Promises that wait for nothing outside are settled by then. */
function settle() {
  return new Promise((resolve) => setImmediate(resolve));
}
