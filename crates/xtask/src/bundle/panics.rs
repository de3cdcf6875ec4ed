//! Takes the words of panics out of a module.
//!
//! Without a console hook nobody hears them: a page sees that the program reached what is `unreachable`, whatever the panic would have said, and it sees the same
//! without them. But each check in the code hands its words and its place in the sources on, and those are kilobytes of a download.

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module, passes::gc};

/// What begins the names of functions that say why the program stops, and return to nobody.
const SPEAKERS: [&str; 13] = [
    "__rustc::rust_begin_unwind",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::panicking::",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_index_fail",
    "core::slice::sort::shared::smallsort::panic_on_ord_violation",
    "core::str::slice_error_fail",
    "std::panicking::",
];

/// Leaves of each such function that it stops the program, and nothing of what only they need.
pub fn silence(module: &mut Module) {
    let of = |id: FunctionId| module.funcs.get(id).name.as_deref().is_some_and(speaks);
    let speakers: Vec<_> =
        module.funcs.iter_local().filter(|(id, _)| of(*id)).map(|(id, local)| (id, local.ty())).collect();
    for (id, ty) in speakers {
        let (params, results) = module.types.params_results(ty);
        let (params, results) = (params.to_vec(), results.to_vec());
        let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
        builder.func_body().unreachable();
        let arguments = params.iter().map(|one| module.locals.add(*one)).collect();
        module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
    }
    gc::run(module);
}

/// True if a function of this name only says why the program stops.
fn speaks(name: &str) -> bool {
    let name = plain(name);
    // What a payload of a panic can do is part of it, like `<std::panicking::… as core::panic::PanicPayload>::get`.
    let name = name.trim_start_matches('<');
    SPEAKERS.iter().any(|speaker| name.starts_with(speaker)) || name.ends_with("::assert_failed")
}

/// The name without the hashes of its crates, as in `core[12f89f2d8a73214f]::panicking::panic`.
fn plain(name: &str) -> String {
    let mut depth = 0_usize;
    let outside = |letter: &char| {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    name.chars().filter(outside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_speaks_is_told_from_what_computes() {
        for name in [
            "core[12f89f2d8a73214f]::panicking::panic_bounds_check",
            "core::panicking::panic_display::h0a942ecfc4988344",
            "<std[465afff93ac137a0]::panicking::begin_panic::Payload<&str> as core[12f89f2d8a73214f]::panic::PanicPayload>::get",
            "<alloc[48ead055df97ea0b]::vec::Vec<_, _>>::remove::assert_failed",
        ] {
            assert!(speaks(name), "{name}");
        }
        for name in ["pricing::engine::finish::finish", "<str as core[12f89f2d8a73214f]::fmt::Debug>::fmt", "?"] {
            assert!(!speaks(name), "{name}");
        }
    }
}
