// What cargo runs a file of wasm tests with, in Firefox: its arguments are that file and what cargo adds.
//
// wasm-bindgen's own runner would need Firefox's driver, which Debian lacks and which takes minutes to
// compile. But it also serves the tests as a page for people to open. Here that page is opened, and
// tells how it went.

import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { firefox, listening, openPage } from "./lib/page.js";

const { WASM_TEST_RUNNER = "", FIREFOX = "", WASM_BINDGEN_TEST_TIMEOUT = "20" } = process.env;

/** The last line of the tests' output. */
const END = /^test result: (ok|FAILED)\..*/m;

const REPORT = `<script type="module">
  const output = document.getElementById("output");
  const end = new MutationObserver(() => {
    if (!${END}.test(output.textContent)) return;
    end.disconnect();
    fetch("/report", { method: "POST", body: output.textContent });
  });
  end.observe(output, { childList: true, characterData: true, subtree: true });
</script>`;

const runner = spawn(WASM_TEST_RUNNER, process.argv.slice(2), {
  stdio: ["ignore", "pipe", "inherit"],
  env: { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: "127.0.0.1:0" },
});
try {
  const served = await addressOf(runner.stdout);
  const { url, reported, close } = await withReport(served);
  const seconds = Number(WASM_BINDGEN_TEST_TIMEOUT);
  const output = await openPage(firefox(FIREFOX), url, { reported, seconds });
  close();
  console.log(output);
  process.exitCode = END.exec(output)?.[1] === "ok" ? 0 : 1;
} finally {
  runner.kill();
}

/**
 * Where wasm-bindgen's runner serves the page, by what it prints.
 *
 * @param {import("node:stream").Readable} printed
 */
async function addressOf(printed) {
  for await (const line of createInterface({ input: printed })) {
    const [address] = /http:\/\/\S+$/.exec(line) ?? [];
    if (address) return address;
    console.log(line);
  }
  throw new Error("wasm-bindgen-test-runner serves no page");
}

/**
 * The same page, which reports at its end.
 *
 * @param {string} served
 */
async function withReport(served) {
  /** @type {(output: string) => void} */
  let report;
  /** @type {Promise<string>} */
  const reported = new Promise((resolve) => {
    report = resolve;
  });
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request.setEncoding("utf8")) body += chunk;
      response.end();
      report(body);
      return;
    }
    const answer = await fetch(served + request.url);
    const isPage = answer.headers.get("content-type")?.startsWith("text/html");
    const body = Buffer.from(await answer.arrayBuffer());
    const headers = Object.fromEntries(answer.headers);
    delete headers["content-length"];
    delete headers["content-encoding"];
    response.writeHead(answer.status, headers);
    response.end(isPage ? body.toString().replace("</body>", `${REPORT}</body>`) : body);
  });
  return { ...(await listening(server)), reported };
}
