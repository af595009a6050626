//! Circles planted in small crates.

use super::circles;
use crate::tidy::{circles::modules::Modules, tree::Tree};

/// What is said of the crate made of these files, whose root is `a/src/lib.rs`.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let tree = Tree::of(files);
    let modules = Modules::read("a/src/lib.rs", &tree.rust_files().unwrap());
    circles(&modules.references()).into_iter().map(|violation| violation.message).collect()
}

fn is_free(files: &[(&str, &str)]) -> bool {
    found(files).is_empty()
}

#[test]
fn two_files_that_name_each_other_are_a_circle() {
    let files = [
        ("a/src/lib.rs", "mod b; mod c;"),
        ("a/src/b.rs", "use crate::c::C; pub struct B;"),
        ("a/src/c.rs", "\npub struct C; fn f() -> crate::b::B { crate::b::B::new() }"),
    ];
    assert_eq!(
        found(&files),
        [
            "2 files need each other in a circle:\n    a/src/b.rs:1 -> a/src/c.rs: `C`\n    a/src/c.rs:2 -> a/src/b.rs: `B`"
        ]
    );
}

#[test]
fn three_files_are_one_circle_and_those_beside_it_are_not_in_it() {
    let files = [
        ("a/src/lib.rs", "mod b; mod c; mod d; mod e;"),
        ("a/src/b.rs", "use crate::c::C; use crate::e::E; pub struct B;"),
        ("a/src/c.rs", "use crate::d::D; pub struct C;"),
        ("a/src/d.rs", "use crate::b::B; pub struct D;"),
        ("a/src/e.rs", "pub struct E;"),
    ];
    let messages = found(&files);
    assert_eq!(messages.len(), 1);
    assert!(messages[0].starts_with("3 files"), "{messages:?}");
    assert!(!messages[0].contains("e.rs"), "{messages:?}");
}

#[test]
fn a_chain_is_not_a_circle() {
    let files = [
        ("a/src/lib.rs", "mod b; mod c; pub use b::B;"),
        ("a/src/b.rs", "use crate::c::C; pub struct B;"),
        ("a/src/c.rs", "pub struct C;"),
    ];
    assert!(is_free(&files));
}

#[test]
fn a_path_through_a_re_export_leads_to_the_file_that_defines() {
    for export in ["pub use b::B;", "pub use self::b::*;", "pub use crate::b::{B as Other, B};"] {
        let root = format!("mod b; mod c; {export}");
        let files = [
            ("a/src/lib.rs", root.as_str()),
            ("a/src/b.rs", "use crate::c::C; pub struct B;"),
            ("a/src/c.rs", "use crate::B; pub struct C;"),
        ];
        let messages = found(&files);
        assert_eq!(messages.len(), 1, "{export}");
        assert!(messages[0].contains("a/src/c.rs:1 -> a/src/b.rs: `B`"), "{messages:?}");
        assert!(!messages[0].contains("lib.rs"), "{messages:?}");
    }
}

#[test]
fn a_child_that_names_its_parent_is_a_circle_when_the_parent_names_the_child() {
    let child = ("a/src/b/c.rs", "use super::B; pub struct C;");
    for (parent, expected) in [
        ("mod c; pub struct B;", 0),
        ("mod c; pub struct B; use self::c::C;", 1),
        ("mod c; pub struct B; fn f() { c::C::new() }", 1),
        ("mod c; pub struct B(self::c::C);", 1),
        ("pub mod c; pub struct B; pub use c::C;", 0),
        ("pub mod c; pub struct B; pub(crate) use c::C;", 0),
        ("pub mod c; pub use c::C; pub struct B(C);", 1),
    ] {
        assert_eq!(found(&[("a/src/lib.rs", "mod b;"), ("a/src/b.rs", parent), child]).len(), expected, "{parent}");
    }
}

#[test]
fn an_imported_module_leads_to_what_is_named_through_it() {
    let files = [
        ("a/src/lib.rs", "mod b; mod c;"),
        ("a/src/b.rs", "use super::c as other; fn f() { other::g() } pub fn h() {}"),
        ("a/src/c.rs", "pub fn g() { use crate::b; b::h() }"),
    ];
    assert_eq!(found(&files).len(), 1);
    let named_only = [files[0], ("a/src/b.rs", "use super::c as other; pub fn h() {}"), files[2]];
    assert!(is_free(&named_only));
}

#[test]
fn what_an_inline_module_or_a_macro_names_counts_for_its_file() {
    for text in [
        "mod inner { use super::super::c::C; } pub struct B;",
        "pub struct B; macro_rules! m { () => { $crate::c::C } }",
        "pub struct B; fn f() { format!(\"{}\", crate::c::C) }",
        "use super::c::*; pub struct B(C);",
    ] {
        let files =
            [("a/src/lib.rs", "mod b; mod c;"), ("a/src/b.rs", text), ("a/src/c.rs", "use crate::b::B; pub struct C;")];
        assert_eq!(found(&files).len(), 1, "{text}");
    }
}

#[test]
fn a_function_called_as_its_module_is_told_from_it() {
    let files = [
        ("a/src/lib.rs", "mod b; mod c; pub use b::run::run;"),
        ("a/src/b.rs", "pub mod run;"),
        ("a/src/b/run.rs", "pub fn run() { crate::c::g() }"),
        ("a/src/c.rs", "use crate::run; pub fn g() {}"),
    ];
    assert_eq!(found(&files).len(), 1);
}

#[test]
fn tests_may_name_what_they_test() {
    let files = [
        ("a/src/lib.rs", "mod b; mod c;"),
        ("a/src/b.rs", "use crate::c::C; pub struct B; #[cfg(test)] mod tests;"),
        ("a/src/b/tests.rs", "use super::*; use crate::c::C;"),
        ("a/src/c.rs", "pub struct C; #[cfg(test)] mod tests { use crate::b::B; }"),
    ];
    assert!(is_free(&files));
}

#[test]
fn a_use_that_leads_to_itself_ends() {
    assert!(is_free(&[("a/src/lib.rs", "mod b; use b::X;"), ("a/src/b.rs", "pub use super::X;")]));
}
