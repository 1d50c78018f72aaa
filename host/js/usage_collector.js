// Counts the bytes of request bodies that one run sends (kibana-host.md 6.6).

/** @returns {import("./types.js").ConnectorUsageCollector} */
export function createUsageCollector() {
  let total = 0;
  return {
    addRequestBodyBytes(responseOrError, body) {
      const contentLength = responseOrError?.request?.getHeader("content-length");
      total += contentLength === undefined ? byteLength(body ?? "") : Number(contentLength);
    },
    getRequestBodyByte: () => total,
  };
}

/** @param {string | object} body */
function byteLength(body) {
  return Buffer.byteLength(typeof body === "string" ? body : JSON.stringify(body), "utf8");
}
