// What happens after faults of the module, in workerd.
import { reportFaults } from "./faults.js";
import module from "./traps/connector_bg.wasm";

export default {
  async test() {
    console.log(JSON.stringify(await reportFaults(module)));
  },
};
