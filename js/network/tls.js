/** How far the certificate of the other side is verified. */

/** @typedef {"none" | "certificate" | "full"} VerificationMode */

/**
 * @typedef {object} Tls
 * @property {VerificationMode} mode `certificate` verifies the chain, `full` the host's name as well
 * @property {string} [ca] the authorities that are trusted instead of Node's own, as PEM
 */

/**
 * A mode as a host's settings give it: what nobody knows must not switch verification off.
 *
 * @param {string | undefined} mode
 * @param {(message: string) => void} warn
 * @returns {VerificationMode}
 */
export function readMode(mode = "full", warn) {
  if (mode === "none" || mode === "certificate" || mode === "full") return mode;
  warn(`Unknown ssl verificationMode: ${mode}`);
  return "full";
}

/**
 * The same in the terms of Node's `tls`.
 *
 * @param {Tls} tls
 */
export function tlsOptions({ mode, ca }) {
  return {
    rejectUnauthorized: mode !== "none",
    ...(mode === "certificate" && { checkServerIdentity: () => undefined }),
    ...(ca && { ca }),
  };
}
