// What this server adds to the framework's requests and routes.

import type { Principal } from "./security/credentials.js";
import type { RouteAccess } from "./security/guard.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Who sends it; null where nobody has to sign in, and nobody did. */
    who: Principal | null;
    /** For the content security policy of the answer. */
    cspNonce: string;
  }
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
}
