// Gives the page's nonce to all that adds styles to it, so that the content security policy need not
// allow styles of anybody else's making. To be imported before anything is drawn.

import { cache as cacheOfEui } from "@elastic/eui/es/services/emotion/css";
import { cache } from "@emotion/css";
import { setNonce } from "get-nonce";

const meta = /** @type {HTMLMetaElement | null} */ (
  document.querySelector("meta[property=csp-nonce]")
);

if (meta?.nonce) {
  cache.sheet.nonce = meta.nonce;
  cacheOfEui.sheet.nonce = meta.nonce;
  setNonce(meta.nonce);
}

/** The styles of the page, for its provider. */
export { cache };
