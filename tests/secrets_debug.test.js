// The same in the module that is built for debugging: its texts of errors are longer, and nothing that
// it leaves in memory is optimised away.

import { testModule } from "./secrets/everywhere.js";

testModule("debug");
