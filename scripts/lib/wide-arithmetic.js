// Does without WebAssembly's wide arithmetic: instructions for 128 bits, which the compiler knows and
// engines do not. Each of them becomes a call of a function that does the same with 64 bits.
//
// Without these instructions the compiler makes calls of its own (`__multi3`), whose outcomes it passes
// through memory. Those of the functions here are values, so that inlining leaves nothing of the calls.

/** What tells rustc to use the instructions. */
export const WIDE_ARITHMETIC = "-C target-feature=+wide-arithmetic";

/** The functions have the names of their instructions, which begin as no others do. */
const FUNCTIONS = `
  ;; Both halves of a product, by the halves of its factors.
  (func $i64.mul_wide_u (param $a i64) (param $b i64) (result i64 i64)
    (local $a_low i64) (local $a_high i64) (local $b_low i64) (local $b_high i64)
    (local $first i64) (local $second i64)
    (local.set $a_low (i64.and (local.get $a) (i64.const 0xffffffff)))
    (local.set $a_high (i64.shr_u (local.get $a) (i64.const 32)))
    (local.set $b_low (i64.and (local.get $b) (i64.const 0xffffffff)))
    (local.set $b_high (i64.shr_u (local.get $b) (i64.const 32)))
    ;; Neither sum is 2^64 or more: (2^32 - 1)^2 + 2^32 - 1 = 2^64 - 2^32.
    (local.set $first
      (i64.add
        (i64.mul (local.get $a_high) (local.get $b_low))
        (i64.shr_u (i64.mul (local.get $a_low) (local.get $b_low)) (i64.const 32))))
    (local.set $second
      (i64.add
        (i64.mul (local.get $a_low) (local.get $b_high))
        (i64.and (local.get $first) (i64.const 0xffffffff))))
    (tuple.make 2
      (i64.mul (local.get $a) (local.get $b))
      (i64.add
        (i64.add
          (i64.mul (local.get $a_high) (local.get $b_high))
          (i64.shr_u (local.get $first) (i64.const 32)))
        (i64.shr_u (local.get $second) (i64.const 32)))))

  ;; A negative factor counts as 2^64 more than it is.
  (func $i64.mul_wide_s (param $a i64) (param $b i64) (result i64 i64)
    (local $product (tuple i64 i64))
    (local.set $product (call $i64.mul_wide_u (local.get $a) (local.get $b)))
    (tuple.make 2
      (tuple.extract 2 0 (local.get $product))
      (i64.sub
        (i64.sub
          (tuple.extract 2 1 (local.get $product))
          (i64.and (i64.shr_s (local.get $a) (i64.const 63)) (local.get $b)))
        (i64.and (i64.shr_s (local.get $b) (i64.const 63)) (local.get $a)))))

  (func $i64.add128
    (param $a i64) (param $a_high i64) (param $b i64) (param $b_high i64) (result i64 i64)
    (local $sum i64)
    (local.set $sum (i64.add (local.get $a) (local.get $b)))
    (tuple.make 2
      (local.get $sum)
      (i64.add
        (i64.add (local.get $a_high) (local.get $b_high))
        (i64.extend_i32_u (i64.lt_u (local.get $sum) (local.get $a))))))

  (func $i64.sub128
    (param $a i64) (param $a_high i64) (param $b i64) (param $b_high i64) (result i64 i64)
    (tuple.make 2
      (i64.sub (local.get $a) (local.get $b))
      (i64.sub
        (i64.sub (local.get $a_high) (local.get $b_high))
        (i64.extend_i32_u (i64.lt_u (local.get $a) (local.get $b))))))
`;

/**
 * @param {string} text of a module, as wasm-opt writes it
 * @returns {string} the text of one that does the same without wide arithmetic
 */
export function withoutWideArithmetic(text) {
  const called = text.replace(/\(i64\.(mul_wide_[us]|add128|sub128)\b/g, "(call $i64.$1");
  const end = called.lastIndexOf(")");
  return `${called.slice(0, end)}${FUNCTIONS})\n`;
}
