// The kinds of values that settings have beyond plain strings and numbers.

import { isIP } from "node:net";

import { Invalid, list, string } from "../schema.js";

/**
 * @template T
 * @typedef {import("../schema.js").Parser<T>} Parser
 */

const BYTES = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** The longest that a timer of Node can wait. */
const LONGEST = 2 ** 31 - 1;

/** @type {Parser<number>} bytes: a number of them, or a number with its unit */
export function size(value, path = []) {
  return quantity(value, path, {
    units: BYTES,
    most: Number.MAX_SAFE_INTEGER,
    expected: "expected a size such as 1mb or 500kb, or a number of bytes",
  });
}

/** @type {Parser<number>} milliseconds: a number of them, or a number with its unit */
export function duration(value, path = []) {
  return quantity(value, path, {
    units: MILLISECONDS,
    most: LONGEST,
    expected: "expected a duration such as 60s, 500ms or 2m, or a number of milliseconds",
  });
}

/**
 * @param {unknown} value
 * @param {import("../schema.js").Path} path
 * @param {{ units: Record<string, number>, most: number, expected: string }} kind
 */
function quantity(value, path, { units, most, expected }) {
  const [, count, unit = ""] = /^(\d+)([a-z]*)$/.exec(String(value)) ?? [];
  const factor = unit === "" ? 1 : units[unit];
  const amount = count === undefined || factor === undefined ? NaN : Number(count) * factor;
  if (!(amount > 0)) throw new Invalid(path, expected);
  if (amount > most) throw new Invalid(path, `${expected}, and at most ${most}`);
  return amount;
}

/** @type {Parser<string>} an http or https URL */
export function httpUrl(value, path = []) {
  const url = string(value, path);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Invalid(path, "expected a URL such as https://host.example.com");
  }
  return url;
}

/** @type {Parser<string>} the URL that the host is reached by: no path, no slash at its end */
export function baseUrl(value, path = []) {
  const url = httpUrl(value, path);
  if (new URL(url).origin !== url) {
    throw new Invalid(
      path,
      "expected scheme, host and port only, such as https://host.example.com",
    );
  }
  return url;
}

/** @type {Parser<string>} */
export function hostName(value, path = []) {
  const host = string(value, path);
  if (isIP(host) === 0 && !/^[\w.-]+$/.test(host)) {
    throw new Invalid(path, "expected a host name or an IP address, without a port");
  }
  return host;
}

const listOfHosts = list((value, path) => (value === "*" ? "*" : hostName(value, path)));

/** @type {Parser<string[]>} host names, or `*` for all of them */
export function hostNames(value, path = []) {
  if (!Array.isArray(value)) throw new Invalid(path, "expected a list, such as [a.example.com]");
  return listOfHosts(value, path);
}

/**
 * @param {number} least
 * @returns {Parser<string>}
 */
export function longString(least) {
  return (value, path = []) => {
    const given = string(value, path);
    if (given.length >= least) return given;
    // Not the value: it is a secret.
    const got = `this one has ${given.length}`;
    throw new Invalid(path, `expected a string of at least ${least} characters; ${got}`);
  };
}
