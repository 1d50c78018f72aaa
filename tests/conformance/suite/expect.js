// What the cases assert with, in any runtime.

/**
 * @param {unknown} actual
 * @param {unknown} expected compared by what JSON shows of it
 * @param {string} [what]
 */
export function equal(actual, expected, what = "") {
  const [is, should] = [shown(actual), shown(expected)];
  if (is !== should) throw new Error(`${what}: ${is} is not ${should}`);
}

/**
 * @param {unknown} condition
 * @param {string} what
 */
export function ok(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}

/**
 * What a call throws, or what a promise is rejected with.
 *
 * @param {() => unknown} call
 * @returns {Promise<any>}
 */
export async function failureOf(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** @param {unknown} value */
function shown(value) {
  return value === undefined ? "undefined" : JSON.stringify(value);
}
