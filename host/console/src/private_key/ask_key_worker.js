// Asks a worker about a private key. The key leaves the page for nowhere else.

/** @typedef {{ privateKey: string, privateKeyPassword?: string }} EnteredKey */

/** @typedef {EnteredKey & { commonName: string, days: number }} CertificateRequest */

/** @typedef {EnteredKey | CertificateRequest} Question */

/** @typedef {{ bits: number, format: string, encrypted: boolean }} KeyDescription */

/** @typedef {{ code: string, message: string, remedy: string }} Fault */

/** @typedef {{ ok: true, value: any } | { ok: false, fault: Fault }} Answer */

/** What is wrong with a key, or with what was asked of it. */
export class KeyError extends Error {
  /** @param {Fault} fault */
  constructor({ code, message, remedy }) {
    super(message);
    this.name = "KeyError";
    this.code = code;
    this.remedy = remedy;
  }
}

/**
 * @param {EnteredKey} key
 * @param {AbortSignal} signal ends the work
 * @returns {Promise<KeyDescription>}
 */
export const describePrivateKey = (key, signal) => ask(key, signal);

/**
 * @param {CertificateRequest} request
 * @param {AbortSignal} signal ends the work
 * @returns {Promise<string>} PEM
 */
export const makeCertificate = (request, signal) => ask(request, signal);

/**
 * @param {Question} question
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
function ask(question, signal) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./key_worker.js", import.meta.url), { type: "module" });
    const end = () => {
      signal.removeEventListener("abort", end);
      worker.terminate();
    };
    signal.addEventListener("abort", end);
    worker.onmessage = (/** @type {MessageEvent<Answer>} */ { data }) => {
      end();
      if (data.ok) resolve(data.value);
      else reject(new KeyError(data.fault));
    };
    worker.onerror = () => {
      end();
      const remedy = "Load the page anew; the key can be saved all the same.";
      reject(new KeyError({ code: "internal", message: "The key could not be checked.", remedy }));
    };
    worker.postMessage(question);
  });
}
