//! What params become. The cases stand in `cases.json`.

#![allow(clippy::unwrap_used)]
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write as _;

use super::*;
use crate::schema::Value;

fn value(json: &str) -> Value {
    Value::from_json(json).unwrap()
}

/// Keeps what it is told.
#[derive(Default)]
pub struct Log(RefCell<Vec<String>>);

impl Host for Log {
    fn warn(&self, message: &str) {
        self.0.borrow_mut().push(message.to_owned());
    }

    fn random(&self) -> f64 {
        0.25
    }

    fn intl(&self) -> &dyn intl::Intl {
        &lambdas::tests::TableIntl
    }
}

fn renderer(variables: &Value, log: Rc<Log>) -> Renderer {
    Renderer::new(Variables::new(variables.clone().into()), Rc::default(), log)
}

fn render_as(escape: Escape, template: &str, variables: &Value) -> String {
    renderer(variables, Rc::default()).text_as(escape, template)
}

fn render(template: &str, variables: &str) -> String {
    render_as(Escape::By(escape::none), template, &value(variables))
}

fn error(template: &str, message: &str) -> String {
    format!("error rendering mustache template \"{template}\": {message}")
}

/// The cases of templates.md 1.6 (`inherited`), 1.7 (`engine`), 2.5 (`layer`), 3 (`lambdas`) and 4
/// (`alerts`). Not among them: partials, halves of surrogate pairs, escaping that no param of this
/// connector gets, lambdas that are not there, and what mustache.js does with objects and dotted keys where Kibana changes
/// just that.
fn cases(section: &str) -> Vec<Vec<Value>> {
    let all = value(include_str!("cases.json"));
    let Some(Value::Array(cases)) = all.member(section) else { panic!("no cases: {section}") };
    let part = |part: &Value| match part {
        Value::String(name) if matches!(section, "alerts" | "lambdas") => {
            all.member(name).unwrap_or(part).clone()
        }
        other => other.clone(),
    };
    let parts = |case: &Value| match case {
        Value::Array(parts) => parts.iter().map(part).collect(),
        other => panic!("not a case: {}", other.to_json()),
    };
    cases.iter().map(parts).collect()
}

/// The escaping of mustache.js itself, in which its cases are written.
fn html(text: &str) -> Cow<'_, str> {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '/' => escaped.push_str("&#x2F;"),
            '`' => escaped.push_str("&#x60;"),
            '=' => escaped.push_str("&#x3D;"),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

fn check(section: &str, default: Escape) {
    for case in cases(section) {
        let [Value::String(template), variables, expected, mode @ ..] = case.as_slice() else {
            panic!("not a case: {case:?}")
        };
        let escape = match mode {
            [] => default,
            [Value::String(mode)] if mode == "json" => Escape::By(escape::inside_string),
            [Value::String(mode)] if mode == "html" => Escape::By(html),
            other => panic!("no such escaping: {other:?}"),
        };
        let expected = match (expected, expected.member("error")) {
            (Value::String(text), _) => text.clone(),
            (_, Some(Value::String(message))) => error(template, message),
            other => panic!("neither a text nor an error: {other:?}"),
        };
        assert_eq!(render_as(escape, template, variables), expected, "{template:?}");
    }
}

#[test]
fn the_engine_gives_what_mustache_js_gives() {
    check("engine", Escape::By(html));
}

#[test]
fn objects_lists_and_dotted_keys_read_as_they_do_in_kibana() {
    check("layer", Escape::By(escape::none));
}

#[test]
fn the_variables_of_alerts_are_found() {
    check("alerts", Escape::By(escape::none));
}

#[test]
fn lambdas_make_of_texts_what_they_make_in_kibana() {
    check("lambdas", Escape::By(escape::none));
}

#[test]
fn what_every_object_of_javascript_has_is_found() {
    check("inherited", Escape::By(escape::none));
}

#[test]
fn the_functions_of_lists_mean_nothing_to_a_view_that_has_a_length() {
    let variables = r#"{"l":["x",[1],{"length":3},{"a":1}],"k":[]}"#;
    assert_eq!(render("{{#l}}[{{k.push}}{{k.indexOf}}]{{/l}}", variables), "[][][][0-1]");
    assert_eq!(render("{{#l}}{{k.map}}{{/l}}", r#"{"l":["x"],"k":[]}"#), "");
}

#[test]
fn a_lambda_is_a_section_of_its_bare_name() {
    let variables = r#"{"o":{"n":1},"l":[0,1]}"#;
    for (template, expected) in [
        ("{{^EncodeURI}}x{{/EncodeURI}}|{{EncodeURI}}|{{EncodeURI.length}}|", "|||"),
        ("{{#encodeuri}}x{{/encodeuri}}|{{#o.EncodeURI}}x{{/o.EncodeURI}}|", "||"),
        ("{{#o}}{{#EncodeURI}}{{n}} {{/EncodeURI}}{{/o}}", "1%20"),
        ("{{#l}}{{#EncodeURI}} {{.}}{{/EncodeURI}}{{/l}}", "%200%201"),
        ("{{#EncodeURI}}{{#l}} {{.}}{{/l}}{{/EncodeURI}}", "%200%201"),
        ("{{#EncodeURI}}{{#EncodeURI}} {{/EncodeURI}}{{/EncodeURI}}", "%2520"),
    ] {
        assert_eq!(render(template, variables), expected, "{template:?}");
    }
    for variables in [r#"{"EncodeURI":"mine"}"#, r#"{"EncodeURI.own":1}"#] {
        assert_eq!(render("{{#EncodeURI}}a b{{/EncodeURI}}", variables), "a b");
    }
}

#[test]
fn what_stands_in_a_lambda_is_not_escaped_for_json_and_what_stands_behind_it_is() {
    let template = "{{#EncodeURI}}{{v}}\"{{{v}}}{{/EncodeURI}}{{v}}";
    let rendered = render_as(Escape::Json, template, &value(r#"{"v":"\""}"#));
    assert_eq!(rendered, "%22%22%22\\\"");
}

#[test]
fn a_value_that_is_json_stays_json_where_a_value_may_stand() {
    let variables =
        r#"{"object":{"a":["b\n"]},"list":[1,"x"],"text":"a \"b\"","json":"{\"c\":1}"}"#;
    for (template, expected) in [
        ("{{object}}", r#"{"a":["b\n"]}"#),
        (
            r#"{"u_a": {{object}}, "u_b": {{list.asJSON}} }"#,
            r#"{"u_a": {"a":["b\n"]}, "u_b": [1,"x"] }"#,
        ),
        (r#"{"u_a": "{{object}}"}"#, r#"{"u_a": "{\"a\":[\"b\\n\"]}"}"#),
        (
            r#"{"u_a": "\"{{json}}", "u_b": {{json}} }"#,
            r#"{"u_a": "\"{\"c\":1}", "u_b": {"c":1} }"#,
        ),
        (r#"{"u_a": "\\", "u_b": {{json}} }"#, r#"{"u_a": "\\", "u_b": {"c":1} }"#),
        (r#"{"u_a" {{json}} }"#, r#"{"u_a" {\"c\":1} }"#),
        // It would be no JSON either way, and must not become more than one value.
        (r#"{"u_a": {{text}} }"#, r#"{"u_a": a \"b\" }"#),
    ] {
        let rendered = render_as(Escape::Json, template, &value(variables));
        assert_eq!(rendered, expected, "{template}");
    }
    let breaking = value(r#"{"text":"1, \"u_admin\": true"}"#);
    let rendered = render_as(Escape::Json, r#"{"u_a": {{text}} }"#, &breaking);
    assert_eq!(rendered, r#"{"u_a": 1, \"u_admin\": true }"#, "which nobody reads");
}

#[test]
fn a_lambda_gets_the_values_themselves_and_what_it_makes_breaks_no_json() {
    let variables = value(r#"{"v":"CORP\\web \"1\"","n":"3"}"#);
    for (template, expected) in [
        (
            r#"{"u_a": "{{#EncodeURIComponent}}{{v}}{{/EncodeURIComponent}}"}"#,
            r#"{"u_a": "CORP%5Cweb%20%221%22"}"#,
        ),
        (
            r#"{"u_a": {{#ParseHjson}}host: {{v}}{{/ParseHjson}} }"#,
            r#"{"u_a": {"host":"CORP\\web \"1\""} }"#,
        ),
        (
            r#"{"u_a": "{{#ParseHjson}}host: {{v}}{{/ParseHjson}}"}"#,
            r#"{"u_a": "{\"host\":\"CORP\\\\web \\\"1\\\"\"}"}"#,
        ),
        (r#"{"u_a": {{#EvalMath}} {{n}} + 1 {{/EvalMath}} }"#, r#"{"u_a": 4 }"#),
    ] {
        assert_eq!(render_as(Escape::Json, template, &variables), expected, "{template}");
    }
    // What a lambda says of its own failure has quotation marks.
    let failing = r#"{"u_a": "{{#EvalMath}}{{v}}{{/EvalMath}}"}"#;
    let rendered = render_as(Escape::Json, failing, &variables);
    let read = Value::from_json(&rendered).unwrap();
    let Some(Value::String(text)) = read.member("u_a") else { panic!("{rendered}") };
    assert!(text.contains(r#"expression "CORP\web "1"""#), "{text}");
}

#[test]
fn lambdas_inside_lambdas_have_an_end() {
    let nested = |depth| "{{#EncodeURI}}".repeat(depth) + "x" + &"{{/EncodeURI}}".repeat(depth);
    assert_eq!(render(&nested(20), "{}"), "x");
    let message = "Lambdas are nested more than 20 levels deep";
    for depth in [21, 5_000] {
        assert!(render(&nested(depth), "{}").ends_with(message), "{depth}");
    }
}

#[test]
fn hjson_is_read_as_hjson_js_reads_it() {
    let read = |text: &str| render(&format!("{{{{#ParseHjson}}}}{text}{{{{/ParseHjson}}}}"), "{}");
    for (text, expected) in [
        ("a:", r#"{"a":""}"#),
        ("a: -0\n\"b\": 1.e2 /* c */\n'c d': true // d", r#"{"a":0,"b":100,"c d":true}"#),
        ("[-.5\n\u{a0}true\n1 2, 3\n]", r#"["-.5","true","1 2, 3"]"#),
        ("{a: '''x'''\n b: ''\n}", r#"{"a":"x","b":""}"#),
        ("a: '\\ud83d\\ude00\\/\\''", "{\"a\":\"\u{1f600}/'\"}"),
        ("a:\n  '''\n  x\n   ''y\r\n z'''", r#"{"a":"x\n ''y\nz"}"#),
        ("a: {__proto__: {b: 1}, c: 2}", r#"{"a":{"c":2}}"#),
    ] {
        assert_eq!(read(text), expected, "{text:?}");
    }
    let deep = "[".repeat(100_000);
    let message = "Nested more than 100 levels deep at line 1,100 >>>[[[[[[[[[[[[[[[[[[[[ ...";
    assert!(read(&deep).ends_with(message));
    // Every one of them asks how far in its line it is.
    let texts = "''''x''','".repeat(100_000);
    assert!(read(&format!("[{texts}\n]")).starts_with("error parsing Hjson"));
    let texts = "'''x''',".repeat(100_000);
    assert!(read(&format!("[{texts}]")).ends_with("\"x\",\"x\"]"));
    assert!(read(&format!("a: 01{}", ",".repeat(1_000_000))).ends_with(",\"}"));
}

#[test]
fn expressions_are_worked_out_as_tinymath_does() {
    let variables = r#"{"l":[3,1,2],"n":[[1,2]],"t":["x","x",1,null,{},{}],"a":{"b.c":[{"d":4}]},
        "q\"q":5,"s":"ab","z":[0,0],"b":[null,null],"gap":[1],"gap.3":1}"#;
    let worked_out = |expression: &str| {
        render(&format!("{{{{#EvalMath}}}}{expression}{{{{/EvalMath}}}}"), variables)
    };
    for (expression, expected) in [
        ("1e999 - 1e999", "NaN"),
        ("-1e999", "-Infinity"),
        ("0 * -1", "0"),
        ("first(b)", "null"),
        ("first()", "undefined"),
        ("first(s)", "ab"),
        (r#""a['b.c'][0].d" + 'a["b.c"][0]["d"]'"#, "8"),
        (r"'a[\'b.c\'][0].d'", "4"),
        ("\"q\\\"q\"", "5"),
        ("l.length * s.length", "6"),
        ("s[1]", "b"),
        ("unique(t)", "5"),
        ("unique(gap)", "1"),
        ("gap", "1,,,1"),
        ("defaults(b, l)", "3,1,2,3,1,2"),
        ("mode(l, 1)", "1,3,1,1,2"),
        ("mode(add(z, 1), 1, 2)", "1,1"),
        ("range(l) + range(1, l, 5)", "6,6,6"),
        ("clamp(l, 2, 2.5)", "2.5,2,2"),
        ("clamp(l, l, 3)", "NaN,NaN,NaN"),
        ("round(0.49999999999999994)", "0"),
        ("round(-1.5) + round(1250, -2)", "1299"),
        ("pow(1, 1e999)", "NaN"),
        ("mod(5, z)", "NaN,NaN"),
        ("mean(l, 3)", "3,2,2.5"),
        ("ifelse(l > 0, 'l', 0)", "3,1,2"),
        ("random(10, 20) + random(4) + random()", "13.75"),
        ("sum(l, pi() > 3)", "NaN"),
        ("n", "1,2"),
        ("sum(1, (2 > 1),)", "NaN"),
        ("gte(\n1,\t1 )", "true"),
    ] {
        assert_eq!(worked_out(expression), expected, "{expression:?}");
    }
    for (expression, message) in [
        ("median(l, n)", "Array length mismatch"),
        ("mod(z, 0)", "Cannot divide by 0"),
        ("random(-1)", "Min is greater than max"),
        ("constructor(1)", "No such function: constructor"),
        ("a.constructor", "Unknown variable: a.constructor"),
        ("ifelse(1 > 0, b[0], 1)", "Missing a value"),
        ("eq(1)", "Missing b value"),
    ] {
        let error = format!("error evaluating tinymath expression \"{expression}\": {message}");
        assert_eq!(worked_out(expression), error);
    }
}

#[test]
fn the_median_of_a_list_puts_it_in_order_for_all_that_follows() {
    let log = Rc::<Log>::default();
    let variables = value(r#"{"l":[1,3,2],"o":{"l":[1,2]}}"#);
    let mut renderer = renderer(&variables, Rc::clone(&log));
    let text = "{{l}} {{#EvalMath}}median(l){{/EvalMath}} {{l}} {{l.0}} {{#l}}{{.}}{{/l}}";
    assert_eq!(renderer.text("", 1, text), "1,3,2 2 3,2,1 3 321");
    assert_eq!(renderer.text("", 1, "{{l.asJSON}}"), "[3,2,1]");
    assert_eq!(
        renderer.text("", 1, "{{#EvalMath}}median(o.l * 1){{/EvalMath}} {{o.l}}"),
        "1.5 1,2"
    );
}

#[test]
fn expressions_have_an_end() {
    let list = Value::Array(vec![Value::Number(1.0); 100_000]);
    let variables = Value::Object(vec![("l".into(), list)]);
    let worked_out = |expression: &str| {
        let template = format!("{{{{#EvalMath}}}}{expression}{{{{/EvalMath}}}}");
        render_as(Escape::By(escape::none), &template, &variables)
    };
    let sum = "1+".repeat(499) + "1";
    assert_eq!(worked_out(&sum), "500");
    assert!(worked_out(&(sum + "+1")).ends_with("maximum length of 1000 characters"));
    let nested = |depth| "(".repeat(depth) + "1" + &")".repeat(depth);
    assert_eq!(worked_out(&nested(20)), "1");
    assert!(worked_out(&nested(21)).ends_with("maximum nesting depth of 20"));
    // Parentheses in a name close none.
    let hidden = format!("'{}'+{}", ")".repeat(480), "(".repeat(480));
    assert!(worked_out(&hidden).contains("error evaluating tinymath expression"));
    let hidden = "(')'+".repeat(100) + "1" + &")".repeat(100);
    assert!(worked_out(&hidden).ends_with("maximum nesting depth of 20"));
    let tried_twice = "(f(".repeat(10) + "1>2";
    assert!(worked_out(&tried_twice).contains("Failed to parse expression"));
    let message = "Rendering takes more than 25000000 steps; let its sections loop over less";
    assert!(worked_out(&("l+".repeat(499) + "l")).ends_with(message));
    let twice = "{{#l}}{{#EvalMath}}".to_owned() + &tried_twice + "{{/EvalMath}}{{/l}}";
    assert!(render_as(Escape::By(escape::none), &twice, &variables).ends_with(message));
}

#[test]
fn what_a_lambda_cannot_do_is_told_to_the_log() {
    let log = Rc::<Log>::default();
    let variables = value("{}");
    let mut renderer = renderer(&variables, Rc::clone(&log));
    let error = "error parsing Hjson \"[1\": End of input while parsing an array (missing ']') at \
                 line 1,2 >>>1 ...";
    assert_eq!(renderer.text("", 1, "{{#ParseHjson}} [1 {{/ParseHjson}}"), error);
    let of_intl = r#"error formatting number: 1 ["de"] []"#;
    assert_eq!(renderer.text("", 1, "{{#FormatNumber}} 1;de; {{/FormatNumber}}"), of_intl);
    let told = [error, of_intl].map(|error| format!("mustache render error: {error}"));
    assert_eq!(*log.0.borrow(), told);
}

#[test]
fn a_list_with_named_members_keeps_its_items() {
    let variables = r#"{"h":[1,2],"h.n":{"x":3},"h.3":4}"#;
    assert_eq!(
        render("{{h}}|{{h.n.x}}|{{h.asJSON}}|{{h.length}}", variables),
        "1,2,,4|3|[1,2,null,4]|4"
    );
}

#[test]
fn keys_that_are_numbers_come_first_in_the_text_of_an_object() {
    let variables = r#"{"o":{"b":1,"10":2,"9":3,"01":4},"o.1":5}"#;
    assert_eq!(render("{{o}}", variables), r#"{"1":5,"9":3,"10":2,"b":1,"01":4}"#);
}

#[test]
fn of_two_texts_that_are_as_near_to_a_number_it_is_the_even_one() {
    let variables = r#"{"n":[140737488355326.125,-140737488355326.375,1125899906842623.75,0.125]}"#;
    let even = "140737488355326.12,-140737488355326.38,1125899906842623.8,0.125";
    assert_eq!(render("{{n}}", variables), even);
}

#[test]
fn dotted_keys_without_end_stay_as_they_are() {
    let long = "a".to_owned() + &".a".repeat(1_000_000);
    let variables =
        Value::Object(vec![(long.clone(), Value::Number(1.0)), ("b.c".into(), Value::Number(2.0))]);
    assert_eq!(render_as(Escape::By(escape::none), "{{b.c}}{{a.a}}", &variables), "2");

    // Each level asks for a copy of all that is below it, which is then to be expanded as well.
    let mut nested = Value::Number(1.0);
    for _ in 0..45 {
        nested = Value::Object(vec![("a.a".into(), nested), ("a".into(), Value::Object(vec![]))]);
    }
    assert_eq!(render_as(Escape::By(escape::none), "{{a.a.b}}|", &nested), "|");
}

#[test]
fn the_place_of_a_list_that_is_much_too_short_is_not_made() {
    assert_eq!(render("{{l.length}}{{l.4000000000}}", r#"{"l":[1],"l.4000000000":2}"#), "1");
}

#[test]
fn sections_may_be_nested_as_deep_as_one_likes() {
    let depth = 100_000;
    let nested = "{{#t}}".repeat(depth) + "x" + &"{{/t}}".repeat(depth);
    assert_eq!(render(&nested, r#"{"t":true}"#), "x");
    let unclosed = "{{#t}}".repeat(depth);
    assert!(render(&unclosed, "{}").ends_with("Unclosed section \"t\" at 600000"));
}

#[test]
fn loops_inside_loops_end_with_an_error_whether_they_write_or_not() {
    let list = Value::Array(vec![Value::Number(1.0); 1000]);
    let variables =
        Value::Object(vec![("l".into(), list), ("o".into(), "x".repeat(1000).as_str().into())]);
    for body in ["", "{{missing}}", "{{o}}"] {
        let template =
            format!("{{{{#l}}}}{{{{#l}}}}{{{{#l}}}}{body}{{{{/l}}}}{{{{/l}}}}{{{{/l}}}}");
        let message = "Rendering takes more than 25000000 steps; let its sections loop over less";
        assert_eq!(
            render_as(Escape::By(escape::none), &template, &variables),
            error(&template, message)
        );
    }
}

#[test]
fn a_format_of_a_date_is_paid_for_before_it_is_written() {
    let dated = |length| {
        let template = "{{#FormatDate}}2024-01-01T00:00:00Z;UTC;{{f}}{{/FormatDate}}";
        render(template, &format!("{{\"f\":\"{}\"}}", "Y".repeat(length)))
    };
    assert_eq!(dated(4), "2024");
    let message = "Rendering takes more than 25000000 steps; let its sections loop over less";
    assert!(dated(2_000_000).ends_with(message));
}

#[test]
fn a_megabyte_of_anything_is_read_to_its_end() {
    let million = 1_000_000;
    let unclosed = |length: usize| format!("Unclosed tag at {length}");
    for (template, message) in [
        ("{{".to_owned() + &"x".repeat(million), unclosed(million + 2)),
        ("x".repeat(million) + "{{", unclosed(million + 2)),
        ("{".repeat(million), unclosed(million)),
        ("{{{".to_owned() + &" ".repeat(million) + "}}", unclosed(million + 5)),
    ] {
        assert_eq!(render(&template, "{}"), error(&template, &message));
    }
    for (template, expected) in [
        (" {{!}} ".repeat(million / 7), String::new()),
        ("{{! \n }}".repeat(million / 8), String::new()),
        ("{{t}} ".repeat(million / 6), "1 ".repeat(million / 6)),
        ("\n{{#t}}{{/t}}".repeat(million / 13), "\n".to_owned()),
    ] {
        assert_eq!(render(&template, r#"{"t":1}"#), expected);
    }
}

#[test]
fn a_name_is_found_among_a_hundred_thousand() {
    let mut wide = String::new();
    for number in 0..100_000 {
        write!(wide, "\"k{number}\":{number},").unwrap();
    }
    let wide = format!("{{{wide}\"l\":{:?}}}", vec![1; 10_000]);
    assert_eq!(render("{{#l}}{{k99999}}{{/l}}", &wide), "99999".repeat(10_000));
}
