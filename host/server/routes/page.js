// The console's files. A path that is no file is one of the page's own: it gets the page.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import fastifyStatic from "@fastify/static";

/** Where `npm run build` puts the page. */
export const CONSOLE_FILES = fileURLToPath(new URL("../../console/dist", import.meta.url));

const NONCE = "__CSP_NONCE__";
/** Paths that are never the page's, even where there is no such route, or nearly one. */
const NOT_THE_PAGE = /^[\\/]+(?:api|internal|s|status|metrics)(?:[\\/]|$)/i;
/** The last part of the path has an ending: whoever asks wants a file. */
const A_FILE = /\.[^/]*$/;
/** Their names change with their contents. */
const UNCHANGING = /^\/assets\//;

const NOT_BUILT = `<!doctype html>
<html lang="en">
<title>The console is not built</title>
<h1>The console is not built yet</h1>
<p>The API is there. To build the page run <code>npm run build</code> and load this page again.</p>
</html>
`;

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {{ files: string }} options
 */
export async function pageRoutes(app, { files }) {
  await app.register(fastifyStatic, {
    root: files,
    serve: false,
    cacheControl: false,
    dotfiles: "deny",
  });
  const access = { open: true, navigable: true };
  app.get("/*", { config: { access } }, async (request, reply) => {
    const [path = "/"] = request.url.split("?");
    if (NOT_THE_PAGE.test(decodeURIComponent(path))) return reply.callNotFound();
    if (A_FILE.test(path) && path !== "/index.html") {
      if (UNCHANGING.test(path)) {
        reply.header("cache-control", "public, max-age=31536000, immutable");
      }
      return reply.sendFile(/** @type {{ "*": string }} */ (request.params)["*"]);
    }
    reply.type("text/html; charset=utf-8");
    return page(files).replaceAll(NONCE, request.cspNonce);
  });
}

/** @param {string} files */
function page(files) {
  const path = join(files, "index.html");
  return existsSync(path) ? readFileSync(path, "utf8") : NOT_BUILT;
}
