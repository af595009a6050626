//! Sections whose names the operator chooses: every section of a kind has the same settings.

use super::key::{BY_FILE, Key, PREFIX};

/// A kind of such sections: `webhooks.<name>`, `providers.<name>`.
#[derive(Debug)]
pub(crate) struct NamedSections {
    /// What all of them are in.
    pub(crate) section: &'static str,
    /// A name for examples.
    pub(crate) example: &'static str,
    /// The settings of each, by their names in its section.
    pub(crate) keys: &'static [Key],
    /// Says what is wrong with a name.
    pub(crate) check_name: fn(&str) -> Result<(), String>,
}

impl NamedSections {
    /// Returns the section of the example file.
    pub(crate) fn example(&self) -> String {
        format!("{}.{}", self.section, self.example)
    }

    /// Returns the setting of that full name: `webhooks.crm.url`.
    pub(super) fn by_name(&self, name: &str) -> Option<Key> {
        let (_, rest) = self.split(name)?;
        let key = self.keys.iter().find(|key| key.name == rest)?;
        // Leaked, because settings are read once and used as long as the process lives.
        Some(Key { name: name.to_owned().leak(), ..*key })
    }

    /// Returns whether the file can contain that name, including the `_file` form of a secret.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.split(name).is_some_and(|(chosen, _)| self.names_of(chosen).any(|known| known == name))
    }

    /// Returns the name that a variable stands for: `ACCOUNT_WEBHOOKS__MY_CRM__URL` is `webhooks.my-crm.url`. Shells
    /// cannot set variables with hyphens, and chosen names have no underscores.
    pub(super) fn of_variable(&self, variable: &str) -> Option<String> {
        let rest = variable.strip_prefix(PREFIX)?.to_lowercase();
        let (section, rest) = rest.split_once("__")?;
        let (chosen, key) = rest.split_once("__")?;
        let name = format!("{section}.{}.{}", chosen.replace('_', "-"), key.replace("__", "."));
        self.knows(&name).then_some(name)
    }

    /// Returns every name that a wrong one may have been meant for.
    pub(super) fn likely(&self, wrong: &str) -> impl Iterator<Item = String> + use<> {
        let middle = wrong.split('.').nth(1).filter(|_| wrong.split('.').count() >= 3);
        self.names_of(middle.filter(|name| (self.check_name)(name).is_ok()).unwrap_or(self.example))
    }

    /// Returns what is wrong with the chosen name in a name; `None` if nothing is, or if the name is of another section.
    pub(super) fn misnamed(&self, name: &str) -> Option<String> {
        let (chosen, _) = name.strip_prefix(self.section)?.strip_prefix('.')?.split_once('.')?;
        (self.check_name)(chosen).err()
    }

    fn split<'n>(&self, name: &'n str) -> Option<(&'n str, &'n str)> {
        let (chosen, rest) = name.strip_prefix(self.section)?.strip_prefix('.')?.split_once('.')?;
        (self.check_name)(chosen).is_ok().then_some((chosen, rest))
    }

    fn names_of(&self, chosen: &str) -> impl Iterator<Item = String> + use<> {
        let (prefix, keys) = (format!("{}.{chosen}.", self.section), self.keys);
        keys.iter().flat_map(move |key| {
            let by_file = key.is_secret().then(|| format!("{prefix}{}{BY_FILE}", key.name));
            std::iter::once(format!("{prefix}{}", key.name)).chain(by_file)
        })
    }
}
