//! Reads the fields of a request and collects every broken rule.

use super::{Edit, Input};
use crate::email_address::EmailAddress;
use crate::field_limits::{FieldLimits, LIST_ENTRY, MAX_LIST, OwnLimits};
use crate::profile::formats;
use crate::violation::{Field, Rule, Violations};

/// Reads fields one after another and collects every broken rule. A field that cannot be read is `None`.
#[derive(Debug, Default)]
pub struct Reader {
    /// Fields that are required even where they are read as optional.
    pub(crate) required: &'static [Field],
    /// Length limits of the channel, in addition to the core's.
    pub(crate) lengths: &'static [OwnLimits],
    /// All violations so far.
    pub violations: Violations,
}

impl Reader {
    /// Reads what `read` reads, with a reader of its own.
    ///
    /// # Errors
    /// All violations.
    pub fn only<T>(read: impl FnOnce(&mut Self) -> Option<T>) -> Result<T, Violations> {
        let mut reader = Self::default();
        let value = read(&mut reader);
        reader.violations.into_value(value)
    }

    /// Reads an optional text with `parse`.
    pub fn text<T>(&mut self, field: Field, input: Input, parse: impl FnOnce(&str) -> Result<T, Rule>) -> Option<T> {
        let lengths = self.lengths;
        self.read(field, input, Rule::MustBeText, |text| {
            OwnLimits::check(lengths, field, &text)?;
            parse(&text)
        })
    }

    /// Reads an optional text, as sent.
    pub fn string(&mut self, field: Field, input: Input) -> Option<String> {
        self.text(field, input, |text| Ok(text.to_owned()))
    }

    /// Reads a required text with `parse`. An empty text counts as missing.
    pub(crate) fn required<T>(
        &mut self,
        field: Field,
        input: Input,
        parse: impl FnOnce(&str) -> Result<T, Rule>,
    ) -> Option<T> {
        if input == Input::Absent {
            return self.note(field, Err(Rule::Required));
        }
        self.text(field, input, |text| if text.is_empty() { Err(Rule::Required) } else { parse(text) })
    }

    /// Reads a required text, as sent. An empty text counts as missing.
    pub fn required_string(&mut self, field: Field, input: Input) -> Option<String> {
        self.required(field, input, |text| Ok(text.to_owned()))
    }

    /// Reads a required address.
    pub(crate) fn address(&mut self, field: Field, input: Input) -> Option<EmailAddress> {
        self.required(field, input, address)
    }

    /// Reads an optional text of one line, by the rules of a name.
    pub(crate) fn line(&mut self, row: FieldLimits, input: Input) -> Option<String> {
        self.text(row.field, input, |text| formats::line(text, row.core))
    }

    /// Reads a boolean; `false` if absent.
    pub fn flag(&mut self, field: Field, input: Input<bool>) -> bool {
        self.read(field, input, Rule::MustBeBoolean, Ok).unwrap_or_default()
    }

    /// Reads a list without duplicates, in its order; empty if absent.
    pub(crate) fn list<T: PartialEq>(
        &mut self,
        field: Field,
        input: Input<Vec<String>>,
        parse: impl Fn(&str) -> Result<T, Rule>,
    ) -> Vec<T> {
        self.read(field, input, Rule::MustBeList, |texts| entries(&texts, parse)).unwrap_or_default()
    }

    /// Applies a change of a text that cannot be cleared.
    pub(crate) fn edit<T>(
        &mut self,
        field: Field,
        edit: Edit,
        value: &mut T,
        parse: impl FnOnce(&str) -> Result<T, Rule>,
    ) {
        let new = match edit.into_input() {
            None => return,
            Some(Input::Absent) => self.note(field, Err(Rule::CannotBeCleared)),
            Some(input) => self.text(field, input, parse),
        };
        if let Some(new) = new {
            *value = new;
        }
    }

    /// Applies a change of a list.
    pub(crate) fn edit_list<T: PartialEq>(
        &mut self,
        field: Field,
        edit: Edit<Vec<String>>,
        value: &mut Vec<T>,
        parse: impl Fn(&str) -> Result<T, Rule>,
    ) {
        if let Some(input) = edit.into_input() {
            *value = self.list(field, input, parse);
        }
    }

    /// Returns the value, or adds the broken rule to the violations.
    pub(crate) fn note<T>(&mut self, field: Field, read: Result<T, Rule>) -> Option<T> {
        read.map_err(|rule| self.violations.push(field, rule)).ok()
    }

    fn read<I, T>(
        &mut self,
        field: Field,
        input: Input<I>,
        mistyped: Rule,
        parse: impl FnOnce(I) -> Result<T, Rule>,
    ) -> Option<T> {
        let read = match input {
            Input::Absent if self.required.contains(&field) => Err(Rule::Required),
            Input::Absent => return None,
            Input::Mistyped => Err(mistyped),
            Input::Given(value) => parse(value),
        };
        self.note(field, read)
    }
}

impl From<Violations> for Reader {
    fn from(violations: Violations) -> Self {
        Self { violations, ..Self::default() }
    }
}

/// Parses an address.
pub(crate) fn address(text: &str) -> Result<EmailAddress, Rule> {
    EmailAddress::parse(text).map_err(|_| Rule::Malformed)
}

fn entries<T: PartialEq>(texts: &[String], parse: impl Fn(&str) -> Result<T, Rule>) -> Result<Vec<T>, Rule> {
    if texts.len() > MAX_LIST {
        return Err(Rule::TooLong { max: MAX_LIST });
    }
    let mut entries = Vec::with_capacity(texts.len());
    for text in texts {
        LIST_ENTRY.check_max(text)?;
        let entry = parse(text)?;
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T>(reader: Reader, read: impl FnOnce(&mut Reader) -> T) -> (T, Vec<Rule>) {
        let mut reader = reader;
        let value = read(&mut reader);
        (value, reader.violations.iter().map(|violation| violation.rule).collect())
    }

    #[test]
    fn only_missing_required_values_are_violations() {
        let name = |required, input: Input| {
            read(Reader { required, ..Reader::default() }, |it| it.line(crate::field_limits::NAME, input))
        };
        assert_eq!(name(&[], Input::Absent), (None, vec![]));
        assert_eq!(name(&[Field::Name], Input::Absent), (None, vec![Rule::Required]));
        assert_eq!(name(&[Field::Name], "Jo".into()), (Some("Jo".to_owned()), vec![]));
        assert_eq!(name(&[], Input::Mistyped), (None, vec![Rule::MustBeText]));
        let password = |input: Input| read(Reader::default(), |it| it.required_string(Field::Password, input));
        assert_eq!(password("".into()), (None, vec![Rule::Required]));
        assert_eq!(password(Input::Absent), (None, vec![Rule::Required]));
    }

    #[test]
    fn the_lengths_of_the_channel_come_before_the_parser() {
        let reader = Reader { lengths: crate::field_limits::FORM, ..Reader::default() };
        let (name, rules) = read(reader, |it| it.text(Field::Name, " ".into(), |_| Err::<(), _>(Rule::Blank)));
        assert_eq!((name, rules), (None, vec![Rule::TooShort { min: 8 }]));
    }

    #[test]
    fn required_values_cannot_be_cleared_and_lists_can() {
        let (mut name, mut list) = ("Jo".to_owned(), vec![1]);
        let ((), rules) = read(Reader::default(), |it| {
            it.edit(Field::Name, Edit::Keep, &mut name, |_| Err(Rule::Blank));
            it.edit(Field::Name, Edit::Clear, &mut name, |text| Ok(text.to_owned()));
            it.edit_list(Field::Networks, Edit::Clear, &mut list, |_| Err(Rule::Malformed));
        });
        assert_eq!((name.as_str(), list, rules), ("Jo", vec![], vec![Rule::CannotBeCleared]));
    }

    #[test]
    fn a_list_has_distinct_entries_up_to_a_maximum() {
        let list = |texts: Vec<&str>| {
            let input = Input::Given(texts.into_iter().map(str::to_owned).collect());
            read(Reader::default(), |it| it.list(Field::Networks, input, |text| Ok(text.to_lowercase())))
        };
        assert_eq!(list(vec!["b", "A", "B"]), (vec!["b".to_owned(), "a".to_owned()], vec![]));
        assert_eq!(list(vec!["a"; MAX_LIST + 1]), (vec![], vec![Rule::TooLong { max: MAX_LIST }]));
    }
}
