// A link on which bytes take their time: a TCP proxy on this machine.

import { once } from "node:events";
import net from "node:net";

/**
 * Connections themselves are taken up at once, which a real link would need one round trip more for.
 *
 * @param {string} target where the link leads
 * @param {number} delay milliseconds each way
 * @returns {Promise<string>} the URL at its near end
 */
export async function startLink(target, delay) {
  const { hostname, port, protocol } = new URL(target);
  const server = net.createServer({ noDelay: true }, (near) => {
    const far = net.connect({ host: hostname, port: Number(port), noDelay: true });
    carry(near, far, delay);
    carry(far, near, delay);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = /** @type {net.AddressInfo} */ (server.address());
  return `${protocol}//127.0.0.1:${address.port}`;
}

/**
 * @param {net.Socket} from
 * @param {net.Socket} to
 * @param {number} delay
 */
function carry(from, to, delay) {
  from.on("data", (bytes) => setTimeout(() => to.writable && to.write(bytes), delay));
  from.on("end", () => setTimeout(() => to.end(), delay));
  from.on("error", () => to.destroy());
}
