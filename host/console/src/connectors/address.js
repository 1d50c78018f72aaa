// The addresses of the connectors' view, and what each one shows.

export const LIST = "/connectors";
export const CREATE = "/connectors/create";

/** @typedef {import("./flyouts/edit_flyout.jsx").Tab} Tab */

/**
 * @param {string} id
 * @param {Tab} [tab]
 */
export function addressOf(id, tab = "configuration") {
  const edit = `${LIST}/edit/${encodeURIComponent(id)}`;
  return tab === "test" ? `${edit}/test` : edit;
}

/**
 * @param {string} path
 * @returns {{ flyout: "none" | "create" } | { flyout: "edit", id: string, tab: Tab }}
 */
export function readAddress(path) {
  if (path === CREATE) return { flyout: "create" };
  const match = /^\/connectors\/edit\/([^/]+)(\/test)?$/.exec(path);
  if (!match) return { flyout: "none" };
  return { flyout: "edit", id: decode(match[1] ?? ""), tab: match[2] ? "test" : "configuration" };
}

/** @param {string} part of an address that anybody may have typed */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
