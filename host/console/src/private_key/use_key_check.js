// What the entered key is, told soon after it was entered.

import { useEffect, useState } from "react";

import { describePrivateKey, KeyError } from "./ask_key_worker.js";

/** @import { KeyDescription } from "./ask_key_worker.js" */

/**
 * @typedef {{ state: "none" } | { state: "checking" }
 *   | { state: "readable", key: KeyDescription }
 *   | { state: "faulty", fault: KeyError }} KeyCheck
 */

/** So long nothing more has to be typed: a passphrase is wrong until its last letter. */
const QUIET_MS = 300;

/**
 * @param {string} privateKey
 * @param {string} privateKeyPassword
 * @returns {KeyCheck}
 */
export function useKeyCheck(privateKey, privateKeyPassword) {
  const [check, setCheck] = useState(/** @type {KeyCheck} */ ({ state: "none" }));
  useEffect(() => {
    if (privateKey.trim() === "") {
      setCheck({ state: "none" });
      return undefined;
    }
    setCheck({ state: "checking" });
    const ended = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const key = await describePrivateKey({ privateKey, privateKeyPassword }, ended.signal);
        if (!ended.signal.aborted) setCheck({ state: "readable", key });
      } catch (error) {
        if (ended.signal.aborted || !(error instanceof KeyError)) return;
        setCheck({ state: "faulty", fault: error });
      }
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [privateKey, privateKeyPassword]);
  return check;
}
