// Pages in headless browsers, under the content security policy of docs/runtimes.md. A page tells
// the server how the suite went; nothing else drives the browser.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { listening, openPage } from "../../../scripts/lib/page.js";
import { bundlers } from "./bundlers.js";

/** @import { Browser } from "../../../scripts/lib/page.js" */
/** @import { Runner } from "../run.js" */
/** @typedef {import("../suite/suite.js").Report} Report */

const SECONDS = 90;
/** @type {Record<string, string>} */
const TYPES = { html: "text/html", js: "text/javascript", wasm: "application/wasm" };
/** What a page must be allowed, and nothing else. */
const POLICY =
  "default-src 'none'; script-src 'self' 'nonce-conformance' 'wasm-unsafe-eval'; connect-src 'self'";

/**
 * @param {Browser} browser
 * @returns {Runner[]}
 */
export function browserRunners(browser) {
  const of = { runtime: browser.name, needs: browser.program };
  return [
    ...bundlers.map(([how, build]) => ({
      ...of,
      how,
      run: async (/** @type {string} */ folder) =>
        visit(browser, folder, await build(folder), POLICY),
    })),
    {
      ...of,
      how: "after faults of the module",
      run: (folder) => visit(browser, folder, "faults.html", POLICY),
    },
    {
      ...of,
      how: "refused by a policy without `'wasm-unsafe-eval'`",
      run: async (folder) => {
        const policy = POLICY.replace("'wasm-unsafe-eval'", "");
        const { failed } = await visit(browser, folder, "unbundled.html", policy);
        if (failed[0]?.startsWith("not run: module_load_failed")) return { passed: 1, failed: [] };
        return { passed: 0, failed: [`not refused as it should be: ${failed}`] };
      },
    },
  ];
}

/**
 * @param {Browser} browser
 * @param {string} folder what is served
 * @param {string} page
 * @param {string} policy
 * @returns {Promise<Report>}
 */
async function visit(browser, folder, page, policy) {
  const { url, reported, close } = await serve(folder, policy);
  try {
    return await openPage(browser, `${url}/${page}`, { reported, seconds: SECONDS });
  } finally {
    close();
  }
}

/**
 * @param {string} folder
 * @param {string} policy
 */
async function serve(folder, policy) {
  /** @type {(report: Report) => void} */
  let report;
  /** @type {Promise<Report>} */
  const reported = new Promise((resolve) => {
    report = resolve;
  });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(String(request.url), "http://localhost");
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request.setEncoding("utf8")) body += chunk;
      response.end();
      report(JSON.parse(body));
      return;
    }
    try {
      const body = await readFile(path.join(folder, pathname));
      const type = TYPES[pathname.split(".").at(-1) ?? ""] ?? "text/plain";
      response.writeHead(200, { "content-type": type, "content-security-policy": policy });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return { ...(await listening(server)), reported };
}
