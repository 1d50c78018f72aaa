/** @file Makes and finds elements. Everything shown is put in as text, never as HTML. */

/**
 * @param {string} name
 * @param {string} kind its classes
 * @param {(string | Node)[]} content
 */
export function element(name, kind, ...content) {
  const made = document.createElement(name);
  if (kind !== "") made.className = kind;
  made.append(...content);
  return made;
}

/**
 * A cell of a table. Where there is no room for columns, the label stands beside it.
 *
 * @param {string} label
 * @param {string | Node} content
 * @param {string} [kind]
 */
export function cell(label, content, kind = "") {
  const made = element("td", kind, content);
  made.dataset.label = label;
  return made;
}

/** @param {Node[]} cells */
export function row(...cells) {
  return element("tr", "", ...cells);
}

/**
 * @param {string} text
 * @param {() => unknown} act
 * @param {string} [kind]
 */
export function button(text, act, kind = "quiet") {
  const made = element("button", kind, text);
  made.setAttribute("type", "button");
  made.addEventListener("click", act);
  return made;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no part ${id}`);
  return found;
}

/**
 * @param {string} id
 * @returns {HTMLFormElement}
 */
export function form(id) {
  return /** @type {HTMLFormElement} */ (part(id));
}

/**
 * Fills a part, or says that there is nothing in it.
 *
 * @param {string} id
 * @param {Node[]} content
 * @param {string} nothing
 */
export function fill(id, content, nothing) {
  const holder = part(id);
  if (content.length > 0) {
    holder.replaceChildren(...content);
    return;
  }
  const empty = element(holder.tagName === "TBODY" ? "td" : "li", "empty", nothing);
  if (holder.tagName === "TBODY") empty.setAttribute("colspan", "9");
  holder.replaceChildren(holder.tagName === "TBODY" ? row(empty) : empty);
}

/** @param {number} milliseconds */
export function date(milliseconds) {
  return new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
}
