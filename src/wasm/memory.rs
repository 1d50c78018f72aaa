//! The memory of the module: what is freed is wiped.
//!
//! The types of secrets wipe what they own. Many a copy is owned by none of them: the texts that
//! bindings write into the module before there is a `String`, what a buffer leaves behind when it
//! grows, the numbers between two steps of a signature.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);
