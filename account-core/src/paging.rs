//! Pages of long lists, and the cursors that link them.

use base64ct::{Base64UrlUnpadded, Encoding};
use ctutils::CtEq;

use crate::one_time_token::master_key::MasterKey;

/// Maximum number of items on a page.
pub const MAX_PAGE: u32 = 200;
/// Number of items on a page if the request does not say.
pub const DEFAULT_PAGE: u32 = 50;
/// Length of a cursor's signature in bytes.
const SEAL: usize = 16;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Cursor of the next page; `None` on the last page.
    pub next: Option<String>,
}

/// The page to return.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRequest {
    /// The cursor from the previous page; without one, the first page.
    pub cursor: Option<String>,
    /// The number of items, from 1 to [`MAX_PAGE`]; by default [`DEFAULT_PAGE`].
    pub limit: Option<u32>,
}

/// The cursor was not made for this list: it was altered, or belongs to another list or filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cursor does not belong to this list")]
pub struct CursorError;

impl PageRequest {
    /// Returns the number of items on the page.
    #[must_use]
    pub fn limit(&self) -> u32 {
        self.limit.unwrap_or(DEFAULT_PAGE).clamp(1, MAX_PAGE)
    }
}

/// Makes and reads the cursors of one list. `list` is the name of the list together with its filters. A cursor that was
/// altered or made for another list is refused.
pub(crate) struct Cursors<'a> {
    key: &'a MasterKey,
    list: String,
}

impl<'a> Cursors<'a> {
    pub(crate) fn new(key: &'a MasterKey, list: impl Into<String>) -> Self {
        Self { key, list: list.into() }
    }

    /// Returns the position in the request's cursor.
    pub(crate) fn open(&self, request: &PageRequest) -> Result<Option<String>, CursorError> {
        let Some(text) = &request.cursor else { return Ok(None) };
        let sealed = Base64UrlUnpadded::decode_vec(text).map_err(|_| CursorError)?;
        let (seal, position) = sealed.split_at_checked(SEAL).ok_or(CursorError)?;
        let position = std::str::from_utf8(position).map_err(|_| CursorError)?;
        if bool::from(self.seal(position).as_slice().ct_eq(seal)) {
            Ok(Some(position.to_owned()))
        } else {
            Err(CursorError)
        }
    }

    /// Makes a page. Pass one item more than the limit, if there is one: it shows that another page follows.
    pub(crate) fn page<T>(&self, mut items: Vec<T>, limit: u32, position: impl Fn(&T) -> String) -> Page<T> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| has_more).map(|last| {
            let position = position(last);
            let mut sealed = self.seal(&position);
            sealed.extend_from_slice(position.as_bytes());
            Base64UrlUnpadded::encode_string(&sealed)
        });
        Page { items, next }
    }

    fn seal(&self, position: &str) -> Vec<u8> {
        let mut seal = self.key.list_mac(&self.list, position).to_vec();
        seal.truncate(SEAL);
        seal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededEntropy;

    #[test]
    fn altered_and_foreign_cursors_are_refused() {
        let key = MasterKey::generate(&SeededEntropy::new(1));
        let cursors = Cursors::new(&key, "accounts state=active");
        let page = cursors.page(vec![3, 2, 1], 2, ToString::to_string);
        assert_eq!(page.items, [3, 2]);
        let cursor = page.next.unwrap();
        let open = |cursors: &Cursors<'_>, text: &str| {
            cursors.open(&PageRequest { cursor: Some(text.to_owned()), limit: None })
        };
        assert_eq!(open(&cursors, &cursor), Ok(Some("2".to_owned())));
        assert_eq!(open(&Cursors::new(&key, "accounts"), &cursor), Err(CursorError));
        for place in 0..cursor.len() {
            let mut altered = cursor.clone().into_bytes();
            altered[place] = if altered[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(open(&cursors, std::str::from_utf8(&altered).unwrap()), Err(CursorError), "{place}");
        }
        for text in ["", " ", "' OR 1=1 --", &cursor[1..], &format!("{cursor}A")] {
            assert_eq!(open(&cursors, text), Err(CursorError), "{text:?}");
        }
    }

    #[test]
    fn the_last_page_has_no_next_one() {
        let key = MasterKey::generate(&SeededEntropy::new(1));
        assert_eq!(Cursors::new(&key, "x").page(vec![1, 2], 2, ToString::to_string).next, None);
        assert_eq!(Cursors::new(&key, "x").page(Vec::<u8>::new(), 2, ToString::to_string).next, None);
    }
}
