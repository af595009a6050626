//! The modules of a crate, and which item a path in one of them leads to.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::tidy::{
    rust_source::{Import, Part, PathUse, Paths},
    tree::{RustFile, module_folder},
};

/// How many re-exports a path is followed through: more is a `use` that leads to itself.
const MOST_STEPS: usize = 16;

/// The modules of one crate; the first is its root.
#[derive(Default)]
pub(super) struct Modules {
    modules: Vec<Module>,
}

/// One module, in a file of its own or inline.
struct Module {
    file: String,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    /// What `use` brings in, and what it exports again.
    imports: Vec<Import>,
    /// The other items that are declared here, as far as no macro makes them.
    items: BTreeSet<String>,
    /// The paths that are named here, those of imports too, but not those that are only exported again.
    paths: Vec<PathUse>,
}

/// A place where one file names an item of another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) from: String,
    pub(super) line: usize,
    pub(super) to: String,
    pub(super) name: String,
}

/// What a path leads to within the crate.
#[derive(Clone, Debug)]
enum Target {
    Module(usize),
    Item { file: String, name: String },
}

/// What a name is looked up for: the same name can be a module and a function.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Module,
    Item,
}

impl Modules {
    /// Reads the crate whose root is the file at `root`.
    pub(super) fn read(root: &str, files: &[RustFile<'_>]) -> Self {
        let files: BTreeMap<&str, &RustFile<'_>> = files.iter().map(|file| (file.path, file)).collect();
        let mut modules = Self::default();
        modules.add_file(root, None, &files);
        modules
    }

    /// Every place where a file names an item of another file.
    pub(super) fn references(&self) -> Vec<Reference> {
        let mut references = Vec::new();
        for (index, module) in self.modules.iter().enumerate() {
            for path in &module.paths {
                let Some(Target::Item { file, name }) = self.resolve(index, &path.segments, MOST_STEPS) else {
                    continue;
                };
                if file != module.file {
                    references.push(Reference { from: module.file.clone(), line: path.line, to: file, name });
                }
            }
        }
        references
    }

    fn add_file(&mut self, path: &str, parent: Option<usize>, files: &BTreeMap<&str, &RustFile<'_>>) -> Option<usize> {
        let file = files.get(path)?;
        Some(self.add(path, module_folder(path), parent, file.source.part(Part::Production).clone(), files))
    }

    /// Adds the module made of `stream`, whose own modules are in `folder`, and those within it.
    fn add(
        &mut self,
        file: &str,
        folder: &str,
        parent: Option<usize>,
        stream: TokenStream,
        files: &BTreeMap<&str, &RustFile<'_>>,
    ) -> usize {
        let index = self.modules.len();
        let parts = Parts::of(stream);
        let paths = Paths::of(&parts.items);
        let is_export = |path: &PathUse| paths.imports.iter().any(|import| import.is_exported && import.path == *path);
        let named = paths.all.iter().filter(|path| !is_export(path)).cloned().collect();
        self.modules.push(Module {
            file: file.to_owned(),
            parent,
            children: BTreeMap::new(),
            imports: paths.imports,
            items: parts.names,
            paths: named,
        });
        for (name, body) in parts.modules {
            let inner = format!("{folder}/{name}");
            let child = match body {
                Some(body) => Some(self.add(file, &inner, Some(index), body, files)),
                None => self.add_file(&format!("{inner}.rs"), Some(index), files),
            };
            if let (Some(child), Some(module)) = (child, self.modules.get_mut(index)) {
                module.children.insert(name, child);
            }
        }
        index
    }

    /// What a path in the module at `scope` leads to; nothing when it leaves the crate or stays where it is.
    fn resolve(&self, scope: usize, path: &[String], steps: usize) -> Option<Target> {
        let (first, mut rest) = path.split_first()?;
        let mut target = match first.as_str() {
            "crate" => Target::Module(0),
            "self" => Target::Module(scope),
            "super" => Target::Module(self.modules.get(scope)?.parent?),
            name => self.find(scope, name, wanted(rest), steps)?,
        };
        while let (Target::Module(module), Some((name, after))) = (&target, rest.split_first()) {
            let module = *module;
            rest = after;
            target = match name.as_str() {
                "super" => Target::Module(self.modules.get(module)?.parent?),
                "self" => continue,
                name => self.find(module, name, wanted(rest), steps).or_else(|| self.item(module, name))?,
            };
        }
        Some(target)
    }

    /// What a module calls `name`, other than an item of its own.
    fn find(&self, module: usize, name: &str, wanted: Wanted, steps: usize) -> Option<Target> {
        let steps = steps.checked_sub(1)?;
        let here = self.modules.get(module)?;
        let child = || here.children.get(name).copied().map(Target::Module);
        let imported = || {
            let named = here.imports.iter().filter(|import| import.name.as_deref() == Some(name));
            let mut targets = named.filter_map(|import| self.resolve(module, &import.path.segments, steps));
            let first = targets.next()?;
            Some(if is(&first, wanted) { first } else { targets.find(|next| is(next, wanted)).unwrap_or(first) })
        };
        match wanted {
            Wanted::Module => child().or_else(imported),
            Wanted::Item => imported().or_else(|| if here.items.contains(name) { None } else { child() }),
        }
        .or_else(|| if here.items.contains(name) { None } else { self.find_by_globs(module, name, wanted, steps) })
    }

    fn find_by_globs(&self, module: usize, name: &str, wanted: Wanted, steps: usize) -> Option<Target> {
        let globs = self.modules.get(module)?.imports.iter().filter(|import| import.name.is_none());
        let mut modules = globs.filter_map(|glob| match self.resolve(module, &glob.path.segments, steps)? {
            Target::Module(source) => Some(source),
            Target::Item { .. } => None,
        });
        modules.find_map(|source| {
            let declares = self.modules.get(source)?.items.contains(name);
            if declares { self.item(source, name) } else { self.find(source, name, wanted, steps) }
        })
    }

    fn item(&self, module: usize, name: &str) -> Option<Target> {
        let file = self.modules.get(module)?.file.clone();
        Some(Target::Item { file, name: name.to_owned() })
    }
}

fn wanted(rest: &[String]) -> Wanted {
    if rest.is_empty() { Wanted::Item } else { Wanted::Module }
}

fn is(target: &Target, wanted: Wanted) -> bool {
    matches!(target, Target::Module(_)) == (wanted == Wanted::Module)
}

/// The parts of a module.
#[derive(Default)]
struct Parts {
    /// By name: the body of an inline module, or none when it is in a file of its own.
    modules: Vec<(String, Option<TokenStream>)>,
    names: BTreeSet<String>,
    /// All but the modules.
    items: TokenStream,
}

impl Parts {
    fn of(stream: TokenStream) -> Self {
        const KEYWORDS: [&str; 9] =
            ["const", "enum", "fn", "static", "struct", "trait", "type", "union", "macro_rules"];
        let tokens: Vec<_> = stream.into_iter().collect();
        let mut parts = Self::default();
        let mut rest = tokens.as_slice();
        while let Some((first, after)) = rest.split_first() {
            rest = after;
            match rest {
                [TokenTree::Ident(name), TokenTree::Group(body), after @ ..]
                    if is_keyword(first, "mod") && body.delimiter() == Delimiter::Brace =>
                {
                    parts.modules.push((name.to_string(), Some(body.stream())));
                    rest = after;
                    continue;
                }
                [TokenTree::Ident(name), TokenTree::Punct(_), after @ ..] if is_keyword(first, "mod") => {
                    parts.modules.push((name.to_string(), None));
                    rest = after;
                    continue;
                }
                [TokenTree::Ident(name), ..] if KEYWORDS.iter().any(|keyword| is_keyword(first, keyword)) => {
                    parts.names.insert(name.to_string());
                }
                [TokenTree::Punct(_), TokenTree::Ident(name), ..] if is_keyword(first, "macro_rules") => {
                    parts.names.insert(name.to_string());
                }
                _ => {}
            }
            parts.items.extend([first.clone()]);
        }
        parts
    }
}

fn is_keyword(token: &TokenTree, keyword: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == keyword)
}
