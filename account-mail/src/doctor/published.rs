//! What a key's record in DNS says (RFC 6376, 3.6.1).

use crate::config::{DkimAlgorithm, DkimKey};

/// A record beside the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Published {
    /// It is the key's.
    Same,
    /// It is the key's, and receivers shall not act on it yet.
    Testing,
    /// There is none.
    Missing,
    /// There are several: which one counts, nobody says.
    Several,
    /// It takes a key back.
    Revoked,
    /// It is another key's.
    OtherKey,
    /// It is no record of a key, or of one that must not be used so.
    Unusable,
}

/// Holds what was found under the name beside the key.
pub(super) fn judge(records: &[String], key: &DkimKey) -> Published {
    let record = match records {
        [] => return Published::Missing,
        [record] => record,
        _ => return Published::Several,
    };
    let tags: Vec<_> = record.split(';').filter_map(|tag| tag.split_once('=')).collect();
    let value = |name: &str| {
        let tag = tags.iter().find(|(tag, _)| tag.trim() == name);
        tag.map(|(_, value)| value.split_ascii_whitespace().collect::<String>())
    };
    let lists = |name: &str, wanted: &[&str]| {
        value(name).is_none_or(|list| list.split(':').any(|entry| wanted.contains(&entry)))
    };
    let algorithm = match key.algorithm() {
        DkimAlgorithm::Rsa { .. } => "rsa",
        DkimAlgorithm::Ed25519 => "ed25519",
    };
    let is_usable =
        value("v").is_none_or(|version| version == "DKIM1") && lists("h", &["sha256"]) && lists("s", &["*", "email"]);
    match value("p") {
        Some(public) if public.is_empty() => Published::Revoked,
        Some(_) if !is_usable => Published::Unusable,
        Some(public) if public != key.public_key() || value("k").unwrap_or_else(|| "rsa".to_owned()) != algorithm => {
            Published::OtherKey
        }
        Some(_) if value("t").is_some_and(|flags| flags.split(':').any(|flag| flag == "y")) => Published::Testing,
        Some(_) => Published::Same,
        None => Published::Unusable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::keys;

    #[test]
    fn a_record_is_compared_with_the_key() {
        let key = DkimKey::from_pem(keys::ED25519.as_bytes()).unwrap();
        let public = keys::ED25519_PUBLIC;
        let (first, second) = public.split_at(20);
        for (records, published) in [
            (vec![key.record()], Published::Same),
            (vec![format!("k=ed25519;p={public}")], Published::Same),
            (vec![format!("v=DKIM1 ; k = ed25519; h=sha1:sha256; s=email; p={first} {second};")], Published::Same),
            (vec![format!("v=DKIM1; k=ed25519; t=s:y; p={public}")], Published::Testing),
            (vec![format!("v=DKIM1; k=ed25519; t=s; p={public}")], Published::Same),
            (vec![], Published::Missing),
            (vec![key.record(), key.record()], Published::Several),
            (vec!["v=DKIM1; p=".to_owned()], Published::Revoked),
            (vec![format!("v=DKIM1; p={public}")], Published::OtherKey),
            (vec![format!("v=DKIM1; k=rsa; p={}", keys::RSA_PUBLIC)], Published::OtherKey),
            (vec![format!("v=DKIM1; k=ed25519; h=sha1; p={public}")], Published::Unusable),
            (vec![format!("v=DKIM1; k=ed25519; s=tlsrpt; p={public}")], Published::Unusable),
            (vec![format!("v=DKIM2; k=ed25519; p={public}")], Published::Unusable),
            (vec!["google-site-verification=x".to_owned()], Published::Unusable),
        ] {
            assert_eq!(judge(&records, &key), published, "{records:?}");
        }
    }
}
