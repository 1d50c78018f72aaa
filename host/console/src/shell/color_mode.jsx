// Light or dark: as the system has it, until the user chooses; the choice is remembered.

import { useEffect, useMemo, useState } from "react";

import { makeContext } from "../parts/make_context.js";

/** @typedef {"system" | "light" | "dark"} ColorChoice */

const KEPT_AS = "console.colorMode";
const SYSTEM_IS_DARK = "(prefers-color-scheme: dark)";

/**
 * @typedef {object} Colors
 * @property {ColorChoice} choice
 * @property {"light" | "dark"} colorMode what comes of it
 * @property {(choice: ColorChoice) => void} choose
 */

const context = /** @type {typeof makeContext<Colors>} */ (makeContext)("ColorModeProvider");

/** @param {{ children: React.ReactNode }} props */
export function ColorModeProvider({ children }) {
  const [choice, setChoice] = useState(remembered);
  const [systemIsDark, setSystemIsDark] = useState(() => window.matchMedia(SYSTEM_IS_DARK).matches);
  useEffect(() => {
    const system = window.matchMedia(SYSTEM_IS_DARK);
    const follow = () => setSystemIsDark(system.matches);
    system.addEventListener("change", follow);
    return () => system.removeEventListener("change", follow);
  }, []);
  const dark = choice === "dark" || (choice === "system" && systemIsDark);
  const value = useMemo(
    () => ({
      choice,
      colorMode: /** @type {"light" | "dark"} */ (dark ? "dark" : "light"),
      /** @param {ColorChoice} chosen */
      choose(chosen) {
        setChoice(chosen);
        remember(chosen);
      },
    }),
    [choice, dark],
  );
  return <context.Provider value={value}>{children}</context.Provider>;
}

export const useColorMode = context.use;

// A browser may refuse storage; then the choice lasts as long as the page.

/** @returns {ColorChoice} */
function remembered() {
  try {
    const kept = window.localStorage.getItem(KEPT_AS);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

/** @param {ColorChoice} choice */
function remember(choice) {
  try {
    if (choice === "system") window.localStorage.removeItem(KEPT_AS);
    else window.localStorage.setItem(KEPT_AS, choice);
  } catch {}
}
