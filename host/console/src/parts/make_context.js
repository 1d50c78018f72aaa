// A value that a part of the page gives to all that is drawn inside it.

import { createContext, useContext } from "react";

/**
 * @template T
 * @param {string} name of who gives it, for the error of a part that is drawn outside
 */
export function makeContext(name) {
  const context = createContext(/** @type {T | undefined} */ (undefined));
  const use = () => {
    const value = useContext(context);
    if (value === undefined) throw new Error(`This has to be drawn inside ${name}.`);
    return value;
  };
  return { Provider: context.Provider, use };
}
