//! What the token reader sees and what it does not.

use super::{Name, Part, Paths, RustSource};

fn source(text: &str) -> RustSource {
    RustSource::parse(text).unwrap()
}

fn paths(text: &str, part: Part) -> Vec<String> {
    let paths = source(text).paths(part);
    paths.iter().map(|path| path.segments.join("::")).collect()
}

#[test]
fn use_trees_are_taken_apart() {
    let found = paths("use std::{fs::{self, File}, net};", Part::Everything);
    assert_eq!(found, ["std::fs::self", "std::fs::File", "std::net"]);
}

#[test]
fn imports_have_the_names_they_are_known_by() {
    let text = "pub use a::{b::{self, c as d}, e::*}; fn f() { use ::g::h; }";
    let imports = Paths::of(source(text).part(Part::Production)).imports;
    let found: Vec<_> =
        imports.iter().map(|import| (import.path.segments.join("::"), import.name.as_deref())).collect();
    let import = |path: &str, name| (path.to_owned(), name);
    let expected = [
        import("a::b::self", Some("b")),
        import("a::b::c", Some("d")),
        import("a::e", None),
        import("g::h", Some("h")),
    ];
    assert_eq!(found, expected);
}

#[test]
fn paths_inside_macro_calls_are_seen() {
    let found = paths("fn f() { format!(\"{}\", std::env::args().count()) }", Part::Everything);
    assert!(found.contains(&"std::env::args".to_owned()), "{found:?}");
}

#[test]
fn comments_doc_examples_and_strings_name_no_paths() {
    let text = "/// `std::fs::read`\n// std::fs::read\nconst A: &str = \"std::fs::read\";";
    assert!(!paths(text, Part::Everything).iter().any(|path| path.contains("fs")));
}

#[test]
fn items_for_tests_are_not_production() {
    let text = "
        #[cfg(test)] use std::{fs, net};
        #[cfg(all(test, unix))] #[allow(dead_code)] fn f() -> [u8; 2] { a::b() }
        #[cfg(test)] mod tests { use c::d; }
        #[cfg(feature = \"testing\")] fn kept() { e::f() }
    ";
    let qualified = |path: &String| path.contains("::");
    let found: Vec<_> = paths(text, Part::Production).into_iter().filter(qualified).collect();
    assert_eq!(found, ["e::f"]);
    assert!(paths(text, Part::Everything).contains(&"c::d".to_owned()));
}

#[test]
fn a_file_for_tests_has_no_production_part() {
    assert_eq!(paths("#![cfg(test)]\nuse std::fs;", Part::Production), Vec::<String>::new());
}

#[test]
fn test_modules_with_a_file_of_their_own_are_named() {
    let text = "#[cfg(test)]\nmod tests;\n#[cfg(test)] mod inline {}\nmod real;";
    assert_eq!(source(text).test_modules(), ["tests"]);
}

#[test]
fn declared_names_have_their_lines() {
    let name = |line, name: &str| Name { line, name: name.to_owned() };
    assert_eq!(source("struct A;\ntrait B {\n type C; }").declared_names(), [name(1, "A"), name(2, "B"), name(3, "C")]);
}

#[test]
fn tests_and_the_values_of_constants_do_not_count() {
    let text = "\
fn f() {}
const WORDS: [&str; 2] = [
    \"one\",
    \"two\",
];
const fn g() -> u8 {
    1
}
#[cfg(test)]
mod tests {
    const X: u8 = 1;
}
";
    assert_eq!(source(text).test_and_data_lines(), 8);
}

#[test]
fn attributes_are_found_plain_and_conditional() {
    let text = "#[ignore = \"slow\"]\nfn a() {}\n#[cfg_attr(windows, ignore)]\nfn b() {}\n#[oai(ignore)]\nfn c() {}";
    assert_eq!(source(text).attribute_lines("ignore"), [1, 3]);
}

#[test]
fn macro_calls_are_told_from_other_names() {
    assert_eq!(source("fn f() { let todo = 1;\n todo!() }").macro_lines("todo"), [2]);
}
