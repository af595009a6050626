//! Pictures of the pages, for people to look through: `target/screenshots/index.html`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What the index looks like. Languages, devices and colors can be hidden.
const STYLE: &str = "\
body { margin: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark }
nav { position: sticky; top: 0; padding: .5rem 0; background: Canvas } label { margin-inline-end: 1rem }
section > div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start } figure { margin: 0 }
img { display: block; inline-size: 20rem; border: 1px solid GrayText } .phone img { inline-size: 10rem }
";

/// The picture of a page in one of its states.
pub(super) struct Picture<'a> {
    pub(super) page: &'a str,
    pub(super) language: &'a str,
    /// `desktop` or `phone`.
    pub(super) device: &'a str,
    /// `light` or `dark`.
    pub(super) scheme: &'a str,
}

impl Picture<'_> {
    /// Where it is written to.
    pub(super) fn path(&self) -> PathBuf {
        let Self { page, language, device, scheme } = self;
        folder().join(format!("{page}.{language}.{device}.{scheme}.png"))
    }

    fn parse(name: &str) -> Option<Picture<'_>> {
        let mut parts = name.strip_suffix(".png")?.split('.');
        let mut next = || parts.next();
        Some(Picture { page: next()?, language: next()?, device: next()?, scheme: next()? })
    }
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../screenshots");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes the index of the pictures that are there.
pub(super) fn write_index() {
    static WRITING: Mutex<()> = Mutex::new(());
    // Tests that end at the same time would leave out each other's pictures.
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    fs::write(folder().join("index.html"), index(names)).unwrap();
}

fn index(names: impl Iterator<Item = String>) -> String {
    let names: BTreeSet<String> = names.collect();
    let mut sections = BTreeMap::<_, String>::new();
    let mut classes = BTreeSet::new();
    for (name, picture) in names.iter().filter_map(|name| Some((name, Picture::parse(name)?))) {
        let Picture { page, language, device, scheme } = picture;
        classes.extend([language, device, scheme]);
        let figures = sections.entry(page).or_default();
        writeln!(
            figures,
            "<figure class=\"{language} {device} {scheme}\"><a href=\"{name}\"><img src=\"{name}\" loading=\"lazy\" \
             alt=\"{page}\"></a><figcaption>{language}, {device}, {scheme}</figcaption></figure>"
        )
        .unwrap();
    }
    let rule = |class: &&str| format!("body:has(#{class}:not(:checked)) .{class} {{ display: none }}\n");
    let rules: String = classes.iter().map(rule).collect();
    let check = |class: &&str| format!("<label><input type=\"checkbox\" id=\"{class}\" checked> {class}</label>\n");
    let boxes: String = classes.iter().map(check).collect();
    let section =
        |(page, figures): (&&str, &String)| format!("<section><h2>{page}</h2><div>\n{figures}</div></section>\n");
    let sections: String = sections.iter().map(section).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Pages</title>\n\
         <style>\n{STYLE}{rules}</style>\n<h1>Pages</h1>\n<nav>\n{boxes}</nav>\n{sections}</html>\n"
    )
}

#[test]
fn the_index_has_every_picture_by_page() {
    let names = ["waiting.de.phone.dark.png", "register.ar.desktop.light.png", "index.html", "notes.txt"];
    let html = index(names.into_iter().map(str::to_owned));
    let (register, waiting) = html.split_once("<h2>waiting</h2>").unwrap();
    assert!(register.contains("<h2>register</h2>") && register.contains("src=\"register.ar.desktop.light.png\""));
    assert!(waiting.contains("src=\"waiting.de.phone.dark.png\""));
    assert_eq!(html.matches("<img").count(), 2);
    assert!(html.contains("body:has(#phone:not(:checked)) .phone"));
}
