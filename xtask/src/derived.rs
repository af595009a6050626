//! Files that are committed although they are derived from others: kept equal to what they are derived from.

use std::{collections::BTreeMap, fs, io, path::Path};

use crate::{error::Error, say::say};

/// File name to text.
pub(crate) type Files = BTreeMap<String, String>;

/// The files of a folder whose names end that way; none when there is no such folder.
///
/// # Errors
/// When one cannot be read.
pub(crate) fn read(folder: &Path, ending: &str) -> Result<Files, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Files::new()),
        Err(error) => return Err(Error::read(folder)(error)),
    };
    let mut files = Files::new();
    for entry in entries {
        let path = entry.map_err(Error::read(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(ending) {
            files.insert(name, fs::read_to_string(&path).map_err(Error::read(&path))?);
        }
    }
    Ok(files)
}

/// Makes the files of a folder equal to the derived ones, and removes those that are derived no more.
///
/// # Errors
/// When a file cannot be written or removed.
pub(crate) fn write(folder: &Path, committed: &Files, derived: &Files) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(Error::write(folder))?;
    for name in committed.keys().filter(|name| !derived.contains_key(*name)) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(Error::write(&path))?;
        say(format_args!("removed {name}"));
    }
    for (name, text) in derived {
        let path = folder.join(name);
        fs::write(&path, text).map_err(Error::write(&path))?;
        say(format_args!("wrote {name}"));
    }
    Ok(())
}

/// Says what is not as it is derived, and returns how much that is; `source` names what from.
pub(crate) fn say_differences(committed: &Files, derived: &Files, source: &str) -> usize {
    let differences = differences(committed, derived, source);
    differences.iter().for_each(say);
    differences.len()
}

/// What is not as it is derived; `source` names what from.
fn differences(committed: &Files, derived: &Files, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in derived {
        match committed.get(name) {
            None => found.push(format!("{name}: not committed")),
            Some(old) if old != text => {
                let line = 1 + old.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
                found.push(format!("{name}:{line}: differs from {source}"));
            }
            Some(_) => {}
        }
    }
    let strangers = committed.keys().filter(|name| !derived.contains_key(*name));
    found.extend(strangers.map(|name| format!("{name}: no such thing in {source}")));
    found
}

#[cfg(test)]
mod tests {
    use super::{Files, differences, read, write};

    fn files(pairs: &[(&str, &str)]) -> Files {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn equal_files_have_no_differences() {
        let same = files(&[("native.json", "{}\n")]);
        assert_eq!(differences(&same, &same, "the service"), Vec::<String>::new());
    }

    #[test]
    fn changed_missing_and_leftover_files_are_told_apart() {
        let committed = files(&[("native.json", "{\n1\n}\n"), ("old.json", "{}")]);
        let derived = files(&[("native.json", "{\n2\n}\n"), ("mikrocloud.json", "{}")]);
        assert_eq!(
            differences(&committed, &derived, "the service"),
            [
                "mikrocloud.json: not committed",
                "native.json:2: differs from the service",
                "old.json: no such thing in the service",
            ]
        );
    }

    #[test]
    fn a_missing_final_newline_is_a_difference() {
        let found = differences(&files(&[("a.json", "{}")]), &files(&[("a.json", "{}\n")]), "the service");
        assert_eq!(found, ["a.json:2: differs from the service"]);
    }

    #[test]
    fn written_files_are_read_back_and_leftovers_removed() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (files(&[("old.rs", "1")]), files(&[("new.rs", "2")]));
        write(folder.path(), &Files::new(), &old).unwrap();
        write(folder.path(), &old, &new).unwrap();
        assert_eq!(read(folder.path(), ".rs").unwrap(), new);
        assert_eq!(read(&folder.path().join("absent"), ".rs").unwrap(), Files::new());
    }
}
