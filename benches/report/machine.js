// Which machine the benchmarks run on.

import os from "node:os";

/** @returns {import("./types.js").Machine} */
export function thisMachine() {
  const [processor] = os.cpus();
  return {
    processor: processor?.model.trim() ?? os.arch(),
    cores: os.availableParallelism(),
    memory: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release().split("-")[0]}`,
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
  };
}
