//! What calls leave behind on the stack: wiped where they have had secrets in their hands.
//!
//! The stack lies in the module's memory. Of a hash that ran over a passphrase, its last block stands
//! there until some other call happens to need the place.

use std::future::{Future, poll_fn};
use std::hint::black_box;
use std::pin::pin;

/// How much is wiped, in bytes: more than any of the calls takes, and still a matter of microseconds.
/// Without optimisation a call takes some times as much.
const DEPTH: usize = if cfg!(debug_assertions) { 256 } else { 64 } * 1024;

/// Does work, and wipes the part of the stack that it was done on.
pub fn wiped<T>(work: impl FnOnce() -> T) -> T {
    let outcome = apart(work);
    wipe();
    outcome
}

/// The same with work that waits in between: wipes whenever it does.
pub async fn wiped_at_rest<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    poll_fn(|context| wiped(|| work.as_mut().poll(context))).await
}

/// Begins where [`wipe`] does: neither may become a part of who calls them.
#[inline(never)]
fn apart<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
#[expect(clippy::large_stack_arrays, reason = "it is the stack that is meant")]
fn wipe() {
    // To be written to: what is only read would be no place on the stack.
    black_box(&mut [0_u8; DEPTH]);
}
