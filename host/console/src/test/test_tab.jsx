// The Test tab of a connector.

/** @param {{ connector: import("../api/types.js").Connector }} props */
export function TestTab({ connector }) {
  return <p>{connector.name}</p>;
}
