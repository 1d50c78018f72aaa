// Works on a private key beside the page, which must not stand still meanwhile: opening a key whose
// passphrase is stretched takes seconds. One worker does one thing, and what it knows goes with it.

import {
  ConnectorError,
  describePrivateKey,
  init,
  makeCertificate,
} from "servicenow-itsm-connector";

/**
 * @import { Answer, Question } from "./ask_key_worker.js"
 */

self.addEventListener("message", async ({ data }) => {
  self.postMessage(await answer(data));
});

/**
 * @param {Question} question
 * @returns {Promise<Answer>}
 */
async function answer(question) {
  try {
    await init();
    return {
      ok: true,
      value: "commonName" in question ? makeCertificate(question) : describePrivateKey(question),
    };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { ok: false, fault: { code: error.code, message: error.message, remedy: error.remedy } };
  }
}
