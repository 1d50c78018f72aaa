// What the Mustache specification came to say after the suite on npm was published, as cases of our
// own.

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {string} template
 * @property {any} data
 * @property {string} expected with HTML escaped, as the specification has it
 * @property {Record<string, string>} [partials]
 */

/** @type {Record<string, Case[]>} */
export const NEWER_CASES = {
  comments: cases([
    ["a comment never reads a variable", "[{{! n }}|{{!n}}]", { "! n": 1, "!n": 2, n: 3 }, "[|]"],
    ["a comment may hold a line break and sigils", "a{{! # /\n > b }}c", {}, "ac"],
  ]),
  delimiters: cases([
    ["new delimiters hold after a section's end", "{{#s}}{{=| |=}}|/s||v|", { s: 1, v: 2 }, "2"],
    ["a triple keeps its braces", "{{=<% %>=}}<%{v}%>", { v: "<" }, "<"],
    ["an ampersand works with other delimiters", "{{=| |=}}|&v|", { v: "<" }, "<"],
    ["a delimiter may be one character", "{{=% %=}}%v%{{v}}", { v: 1 }, "1{{v}}"],
  ]),
  interpolation: cases([
    ["null is nothing", "[{{n}}|{{{n}}}|{{&n}}]", { n: null }, "[||]"],
    ["null ends the lookup", "{{#a}}[{{b}}]{{/a}}", { a: { b: null }, b: "outer" }, "[]"],
    ["null ends a dotted name", "[{{a.b.c}}]", { a: { b: null } }, "[]"],
    ["a value is no template", "{{v}}", { v: "{{w}}", w: 1 }, "{{w}}"],
    ["a dot is the view", "{{#s}}{{.}}{{/s}}", { s: 'a&"' }, "a&amp;&quot;"],
    ["a dot in a triple is the view", "{{#s}}{{{.}}}{{/s}}", { s: "a&" }, "a&"],
    ["a dot with an ampersand is the view", "{{#s}}{{&.}}{{/s}}", { s: "a&" }, "a&"],
    ["a dot may be a number", "{{#n}}{{.}}{{/n}}", { n: 1.21 }, "1.21"],
    ["a dot may have blanks around it", "{{#n}}{{ . }}{{/n}}", { n: 7 }, "7"],
    ["the root may be a text", "Hello, {{.}}!", "world", "Hello, world!"],
    ["the root may be a number", "{{.}} miles", 85, "85 miles"],
    ["the root may be a text in a triple", "{{{.}}}", "& <", "& <"],
    ["the root may be a text with an ampersand", "{{&.}}", "& <", "& <"],
    ["the root may be a text that is escaped", "{{.}}", "& <", "&amp; &lt;"],
    [
      "a dotted name is resolved from its first part only",
      "{{#a}}{{b.c}}{{/a}}",
      { a: { b: {} }, b: { c: "ERROR" } },
      "",
    ],
    ["a dotted name is no key", "[{{a.b}}]", { "a.b": "key" }, "[]"],
    ["a key does not mask a dotted name", "{{a.b}}", { "a.b": "key", a: { b: "path" } }, "path"],
    ["a dotted name starts in an outer view", "{{#a}}{{b.c}}{{/a}}", { a: {}, b: { c: 1 } }, "1"],
    ["a dotted name goes deep", "{{a.b.c.d.e}}", { a: { b: { c: { d: { e: 5 } } } } }, "5"],
  ]),
  inverted: cases([
    ["null is false", "[{{^n}}yes{{/n}}]", { n: null }, "[yes]"],
    ["an empty text is false", "[{{^s}}yes{{/s}}]", { s: "" }, "[yes]"],
    ["zero is false, as in JavaScript", "[{{^n}}yes{{/n}}]", { n: 0 }, "[yes]"],
    ["an object without members is true", "[{{^o}}no{{/o}}]", { o: {} }, "[]"],
    ["what is not there is false at the end of a path", "{{^a.b}}yes{{/a.b}}", { a: {} }, "yes"],
    ["what it renders sees the same view", "{{#a}}{{^b}}{{c}}{{/b}}{{/a}}", { a: { c: 1 } }, "1"],
  ]),
  partials: cases([
    ["a partial that is not there is nothing", "[{{>nope}}]", {}, "[]"],
    ["its line goes where it stands alone", "a\n {{>nope}} \nb", {}, "a\nb"],
  ]),
  sections: cases([
    ["null is false", "[{{#n}}no{{/n}}]", { n: null }, "[]"],
    ["a text is a view", "{{#s}}{{.}}{{/s}}", { s: "a" }, "a"],
    ["a list of numbers", "{{#l}}({{.}}){{/l}}", { l: [1, 0, 2.5] }, "(1)(0)(2.5)"],
    ["a list of texts", "{{#l}}({{.}}){{/l}}", { l: ["a", "", "b"] }, "(a)()(b)"],
    ["a list of lists", "{{#l}}({{#.}}{{.}}{{/.}}){{/l}}", { l: [[1, 2], ["a"]] }, "(12)(a)"],
    ["items of a list are escaped", "{{#l}}({{.}}){{/l}}", { l: ["&", "<"] }, "(&amp;)(&lt;)"],
    ["items in a triple are not", "{{#l}}({{{.}}}){{/l}}", { l: ["&", "<"] }, "(&)(<)"],
    ["items with an ampersand are not", "{{#l}}({{&.}}){{/l}}", { l: ["&", "<"] }, "(&)(<)"],
    ["the root may be a list", "{{#.}}({{v}}){{/.}}", [{ v: 1 }, { v: 2 }], "(1)(2)"],
    [
      "names of outer views are found",
      "{{#a}}{{b}},{{c.d}}{{/a}}",
      { a: {}, b: 1, c: { d: 2 } },
      "1,2",
    ],
    [
      "the inner view comes first",
      "{{#a}}{{v}}{{#b}}{{v}}{{/b}}{{/a}}",
      { a: { v: 1, b: { v: 2 } } },
      "12",
    ],
    [
      "a list sees the views around it",
      "{{#l}}{{v}}{{#m}}{{v}}{{w}}{{/m}}{{/l}}",
      { l: [{ v: 1, m: [{ w: 2 }, { v: 3, w: 4 }] }] },
      "11234",
    ],
    ["true leaves the view as it is", "{{#t}}{{v}}{{/t}}", { t: true, v: 1 }, "1"],
    ["a path may name a list", "{{#a.l}}{{.}}{{/a.l}}", { a: { l: [1, 2] } }, "12"],
    [
      "lines of tags alone are dropped",
      "a\n{{#t}}\n {{#t}} \nb\n{{/t}}\n{{/t}}\nc",
      { t: true },
      "a\nb\nc",
    ],
    ["a line with a value stays", "{{#l}}\n- {{.}}\n{{/l}}\n", { l: [1, 2] }, "- 1\n- 2\n"],
    ["the last line needs no end", "{{#t}}\nx\n  {{/t}}", { t: true }, "x\n"],
    [
      "the line's end may be that of DOS",
      "|\r\n{{#t}}\r\nx\r\n{{/t}}\r\n|",
      { t: true },
      "|\r\nx\r\n|",
    ],
  ]),
};

/**
 * @param {[string, string, any, string][]} rows
 * @returns {Case[]}
 */
function cases(rows) {
  return rows.map(([name, template, data, expected]) => ({ name, template, data, expected }));
}
