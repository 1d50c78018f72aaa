// FormatNumber (templates.md 3.4).

/** @param {string} text */
export function formatNumber(text) {
  const parts = text.split(";").map((part) => part.trim());
  const [amount = "", locales = "", options = ""] = parts;
  if (parts.length < 3) throw new Error(`invalid format, missing semicolons: '${text}'`);
  const number = Number.parseFloat(amount);
  if (Number.isNaN(number)) throw new Error(`invalid number: '${amount}'`);
  const read = readOptions(options);
  try {
    return new Intl.NumberFormat(readLocales(locales), read).format(number);
  } catch (error) {
    throw new Error(`error formatting number: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {string} text */
function readLocales(text) {
  const locales = text.split(",").map((locale) => locale.trim());
  const named = locales.filter((locale) => locale !== "");
  return named.length > 0 ? named : ["en-US"];
}

/** @param {string} text */
function readOptions(text) {
  /** @type {Record<string, unknown>} */
  const options = {};
  for (const option of text.split(",").map((item) => item.trim())) {
    if (option === "") continue;
    const [key = "", value] = option.split(":").map((part) => part.trim());
    if (value === undefined) {
      throw new Error(`invalid options: missing colon in option: '${option}'`);
    }
    const number = Number.parseFloat(value);
    if (!Number.isNaN(number)) options[key] = number;
    else options[key] = value === "true" || value === "false" ? value === "true" : value;
  }
  return options;
}
