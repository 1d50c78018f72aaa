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

/** Milliseconds by which a timer may be late. */
const LATE = 2;

/**
 * Exactly: by timers alone, the four delays of a create would be some milliseconds too long.
 *
 * @param {net.Socket} from
 * @param {net.Socket} to
 * @param {number} delay milliseconds
 */
function carry(from, to, delay) {
  /** @type {{ due: number, act: () => unknown }[]} in the order in which they came */
  const carried = [];
  const arrive = (/** @type {typeof carried[number]} */ one) => {
    while (carried[0] && carried[0].due <= performance.now()) carried.shift()?.act();
    if (carried.includes(one)) setImmediate(arrive, one);
  };
  const send = (/** @type {() => unknown} */ act) => {
    const one = { due: performance.now() + delay, act };
    carried.push(one);
    setTimeout(arrive, delay - LATE, one);
  };
  from.on("data", (bytes) => send(() => to.writable && to.write(bytes)));
  from.on("end", () => send(() => to.end()));
  from.on("error", () => to.destroy());
}
