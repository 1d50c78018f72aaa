// What the bytes of a WebAssembly module belong to, by the names of its functions.

/**
 * Bytes of code by the crate that the function comes from; those of the crate itself by its modules.
 * Generic code belongs to the crate that defines it.
 *
 * @param {Uint8Array} bytes a module with the names of its functions
 * @param {string} crate
 * @returns {{ parts: Map<string, number>, code: number, data: number }}
 */
export function partsOf(bytes, crate) {
  /** @type {Map<string, number>} */
  const parts = new Map();
  let imported = 0;
  /** @type {number[]} */
  let sizes = [];
  /** @type {Map<number, string>} */
  let names = new Map();
  let data = 0;
  for (const { id, content } of sections(bytes)) {
    if (id === SECTION.import) imported = countOfFunctions(content);
    if (id === SECTION.code) sizes = sizesOfFunctions(content);
    if (id === SECTION.data) data = content.bytes.length;
    if (id === SECTION.custom && content.text() === "name") names = namesOfFunctions(content);
  }
  sizes.forEach((size, index) => {
    const part = partOf(names.get(imported + index) ?? "", crate);
    parts.set(part, (parts.get(part) ?? 0) + size);
  });
  return { parts, code: sizes.reduce((sum, size) => sum + size, 0), data };
}

const SECTION = { custom: 0, import: 2, code: 10, data: 11 };

/**
 * @param {string} name a demangled function, such as `<core::str::Split as Iterator>::next`
 * @param {string} crate
 */
function partOf(name, crate) {
  const plain = name.replace(/\[[0-9a-f]+\]/g, "");
  const first = /[A-Za-z_]\w*/.exec(plain.replace(/^[<&(\s]*(dyn |mut )?/, ""))?.[0] ?? "";
  const own = new RegExp(`${crate}::(\\w+)(?:::([a-z_]+))?`).exec(plain);
  // What the standard library does with a type of ours is the library's.
  if (own && !STANDARD.has(first)) return own[2] ? `${own[1]}::${own[2]}` : `${own[1]}`;
  return STANDARD.has(first) ? "standard library" : first;
}

const STANDARD = new Set(["core", "alloc", "std", "str", "f64", "u64", "u32", "u16", "char"]);

/** Reads what stands one after the other in a module. */
class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get isAtEnd() {
    return this.at >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.at++] ?? 0;
  }

  /** An unsigned LEB128 number. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  /** @param {number} length */
  take(length) {
    const taken = new Reader(this.bytes.subarray(this.at, this.at + length));
    this.at += length;
    return taken;
  }

  text() {
    return new TextDecoder().decode(this.take(this.number()).bytes);
  }

  limits() {
    const flags = this.byte();
    this.number();
    if (flags & 1) this.number();
  }
}

/** @param {Uint8Array} bytes */
function* sections(bytes) {
  const reader = new Reader(bytes);
  reader.take(8);
  while (!reader.isAtEnd) {
    const id = reader.byte();
    yield { id, content: reader.take(reader.number()) };
  }
}

/** @param {Reader} imports */
function countOfFunctions(imports) {
  let functions = 0;
  for (let left = imports.number(); left > 0; left--) {
    imports.text();
    imports.text();
    const kind = imports.byte();
    if (kind === 0) {
      imports.number();
      functions++;
    } else if (kind === 1) {
      imports.byte();
      imports.limits();
    } else if (kind === 2) imports.limits();
    else imports.take(2);
  }
  return functions;
}

/** @param {Reader} code */
function sizesOfFunctions(code) {
  return Array.from({ length: code.number() }, () => {
    const size = code.number();
    code.take(size);
    return size;
  });
}

/** @param {Reader} section */
function namesOfFunctions(section) {
  /** @type {Map<number, string>} */
  const names = new Map();
  while (!section.isAtEnd) {
    const id = section.byte();
    const content = section.take(section.number());
    if (id !== 1) continue;
    for (let left = content.number(); left > 0; left--) names.set(content.number(), content.text());
  }
  return names;
}
