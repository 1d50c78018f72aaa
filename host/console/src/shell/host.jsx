// What the host says of itself, for every view.

import { getContext } from "../api/index.js";
import { ErrorState } from "../parts/error_state.jsx";
import { Loading } from "../parts/loading.jsx";
import { makeContext } from "../parts/make_context.js";
import { useRequest } from "../parts/use_request.js";

/** @typedef {import("../api/types.js").ConsoleContext} ConsoleContext */

const context = /** @type {typeof makeContext<ConsoleContext>} */ (makeContext)("HostProvider");

/** @param {{ children: React.ReactNode }} props */
export function HostProvider({ children }) {
  const { data, error, reload } = useRequest(getContext);
  if (data) return <context.Provider value={data}>{children}</context.Provider>;
  if (error) return <ErrorState error={error} what="the console" retry={reload} />;
  return <Loading what="the console" />;
}

export const useHost = context.use;
