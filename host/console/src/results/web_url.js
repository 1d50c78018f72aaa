// Links to where an answer points: the web, and nothing else.

/**
 * @param {unknown} text
 * @returns {string | undefined} none for what a browser would run instead of open
 */
export function webUrl(text) {
  if (typeof text !== "string" || !URL.canParse(text)) return undefined;
  return /^https?:$/.test(new URL(text).protocol) ? text : undefined;
}
