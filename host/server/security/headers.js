// The security headers of every answer, and the content security policy that the page works under.

import { randomBytes } from "node:crypto";

import helmet from "@fastify/helmet";

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {{ publicUrl: string | undefined }} options
 */
export async function secureHeaders(app, { publicUrl }) {
  app.decorateRequest("cspNonce", "");
  app.addHook("onRequest", async (request, reply) => {
    request.cspNonce = randomBytes(16).toString("base64");
    reply.header("permissions-policy", "camera=(), geolocation=(), microphone=()");
    // Connectors and incidents stay in nobody's cache; the page's files say otherwise.
    reply.header("cache-control", "no-store");
  });
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    // For a name that is reached by https for good. Other hosts below it are none of ours.
    hsts: publicUrl?.startsWith("https:") ? { includeSubDomains: false } : false,
    referrerPolicy: { policy: "no-referrer" },
    frameguard: { action: "deny" },
  });
  app.addHook("onSend", async (request, reply) => {
    reply.header("content-security-policy", policy(request.cspNonce));
  });
}

/** @param {string} nonce */
function policy(nonce) {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
