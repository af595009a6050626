//! Addresses whose domain looks like a slip of the finger: `jane@gmial.com`.
//!
//! A suggestion is a question to the person, never a refusal: any domain can be real.

use super::EmailAddress;

/// Domains of widely used mailbox providers, as lower-case A-labels, one per line, those that most people have first.
/// `suggestion/README.md` says where the list is from.
const COMMON_DOMAINS: &str = include_str!("suggestion/common_domains.txt");

/// Providers that have one domain each: with any other ending it is a slip.
const WITH_ONE_DOMAIN: [&str; 3] = ["gmail.com", "googlemail.com", "icloud.com"];

/// The shortest name in which one slip is looked for: among shorter ones, too many are real (`aol`, `sol`, `aon`).
const MIN_NAME: usize = 5;
/// The shortest name in which two are.
const MIN_NAME_FOR_TWO: usize = 7;
/// The shortest name whose ending is looked at.
const MIN_NAME_FOR_ENDING: usize = 4;
/// How many slips are looked for in all.
const MAX_SLIPS: usize = 2;

/// Returns the address with the domain that was probably meant; `None` if the domain looks right.
///
/// A name (`gmail`) may have one slip, a long one two; its ending (`com`) one. A slip is a character too many, too few or
/// wrong, or two that changed places (the optimal string alignment distance, after Damerau and Levenshtein). Endings of
/// countries are close to each other, so there a wrong character is none.
#[must_use]
pub fn suggestion(address: &EmailAddress) -> Option<EmailAddress> {
    let domain = suggested_domain(address.ascii_domain())?;
    EmailAddress::parse(&format!("{}@{domain}", address.local_part())).ok()
}

/// Returns the common domain that was probably meant by this one.
fn suggested_domain(domain: &str) -> Option<&'static str> {
    if with_parents(domain).any(|domain| COMMON_DOMAINS.lines().any(|common| common == domain)) {
        return None;
    }
    let (name, ending) = domain.split_once('.')?;
    let only = WITH_ONE_DOMAIN.into_iter().find(|only| only.split_once('.').is_some_and(|(only, _)| only == name));
    let slips = |common: &&'static str| -> Option<usize> {
        let (common_name, common_ending) = common.split_once('.')?;
        let in_name = slips_in_name(name, common_name)?;
        let in_ending = slips_in_ending(ending, common_ending)?;
        let is_alike = in_ending == 0 || common_name.len() >= MIN_NAME_FOR_ENDING;
        (is_alike && in_name + in_ending <= MAX_SLIPS).then_some(in_name + in_ending)
    };
    let closest = || {
        let close = COMMON_DOMAINS.lines().filter_map(|common| Some((slips(&common)?, common)));
        // Of those equally close, the first: the one that most people have.
        close.min_by_key(|(slips, _)| *slips).map(|(_, common)| common)
    };
    only.or_else(closest)
}

/// Returns the domain, then its parent, and so on.
fn with_parents(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |domain| domain.split_once('.').map(|(_, parent)| parent))
}

/// Returns the slips in a name; `None` if it is another name.
fn slips_in_name(name: &str, common: &str) -> Option<usize> {
    let max = match common.len() {
        MIN_NAME_FOR_TWO.. if name.as_bytes().first() == common.as_bytes().first() => 2,
        MIN_NAME.. => 1,
        _ => 0,
    };
    distance(name, common, max)
}

/// Returns the slips in what follows the name; `None` if it is another ending.
fn slips_in_ending(ending: &str, common: &str) -> Option<usize> {
    let slips = distance(ending, common, 1)?;
    let country = common.rsplit('.').next().is_some_and(|top| top.len() == 2);
    let is_other_country = country && ending.len() == common.len() && !is_permutation(ending, common);
    (!is_other_country).then_some(slips)
}

/// Returns whether both have the same characters, in whatever order.
fn is_permutation(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    sorted(one) == sorted(other)
}

/// Returns the optimal string alignment distance of two ASCII texts, if it is at most `max`.
fn distance(one: &str, other: &str, max: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > max {
        return None;
    }
    // The last two rows of the table. Each has a cell for each beginning of `other`.
    let (mut before, mut above): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=other.len()).collect());
    let mut left_byte = None;
    for (line, own) in one.bytes().enumerate() {
        let mut cells = vec![line + 1];
        let mut passed = None;
        for (column, wanted) in other.bytes().enumerate() {
            let at = |cells: &[usize], column: usize| cells.get(column).copied().unwrap_or(usize::MAX - 1);
            let replaced = at(&above, column) + usize::from(own != wanted);
            let mut least = replaced.min(at(&above, column + 1) + 1).min(at(&cells, column) + 1);
            if left_byte == Some(wanted) && passed == Some(own) {
                least = least.min(at(&before, column.saturating_sub(1)) + 1);
            }
            cells.push(least);
            passed = Some(wanted);
        }
        left_byte = Some(own);
        before = std::mem::replace(&mut above, cells);
    }
    above.last().copied().filter(|distance| *distance <= max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found() {
        for (typed, meant) in [
            ("gmial.com", "gmail.com"),
            ("gmai.com", "gmail.com"),
            ("gmal.com", "gmail.com"),
            ("gamil.com", "gmail.com"),
            ("gnail.com", "gmail.com"),
            ("gmaill.com", "gmail.com"),
            ("gmail.con", "gmail.com"),
            ("gmail.cmo", "gmail.com"),
            ("gmail.co", "gmail.com"),
            ("gmail.om", "gmail.com"),
            ("gmail.comm", "gmail.com"),
            ("gmail.vom", "gmail.com"),
            ("gmail.de", "gmail.com"),
            ("gmail.com.br", "gmail.com"),
            ("gmial.con", "gmail.com"),
            ("googelmail.com", "googlemail.com"),
            ("hotmial.com", "hotmail.com"),
            ("hotmai.com", "hotmail.com"),
            ("hotmaill.con", "hotmail.com"),
            ("hotmial.co.uk", "hotmail.co.uk"),
            ("outlok.com", "outlook.com"),
            ("outloook.com", "outlook.com"),
            ("iclod.com", "icloud.com"),
            ("icloud.net", "icloud.com"),
            ("yaho.com", "yahoo.com"),
            ("yhaoo.de", "yahoo.de"),
            ("yahoo.couk", "yahoo.co.uk"),
            ("yahoo.ed", "yahoo.de"),
            ("protonmial.com", "protonmail.com"),
            ("t-onlne.de", "t-online.de"),
            ("tonline.de", "t-online.de"),
            ("freenet.dee", "freenet.de"),
            ("lapost.net", "laposte.net"),
            ("orangge.fr", "orange.fr"),
            ("comcats.net", "comcast.net"),
        ] {
            assert_eq!(suggested_domain(typed), Some(meant), "{typed}");
        }
    }

    #[test]
    fn real_domains_are_not_asked_about() {
        for domain in [
            "gmail.com",
            "mail.com",
            "email.com",
            "gmx.net",
            "gmx.de",
            "gmx.com",
            "yahoo.de",
            "yahoo.co.uk",
            "yahoo.co.in",
            "ymail.com",
            "hotmail.de",
            "outlook.de",
            "live.de",
            "live.nl",
            "web.de",
            "me.com",
            "mac.com",
            "mail.ru",
            "mail.de",
            "proton.me",
            "pm.me",
            "bk.ru",
            "free.fr",
            "sfr.fr",
            "wp.pl",
            "qq.com",
            "vip.qq.com",
            "students.yahoo.com",
            // Not providers, but close to one.
            "orange.be",
            "orange.es",
            "web.at",
            "webb.de",
            "gm.com",
            "sol.com",
            "alo.com",
            "fre.fr",
            "homemail.com",
            "webmail.com",
            "acme.com",
            "example.com",
            "example.org",
            "company.co",
            "university.edu",
            "xn--mnchen-3ya.de",
            "a.b",
        ] {
            assert_eq!(suggested_domain(domain), None, "{domain}");
        }
    }

    #[test]
    fn the_mailbox_stays_as_typed() {
        let typed = |text: &str| suggestion(&EmailAddress::parse(text).unwrap());
        assert_eq!(typed("Jane.O'Neil+x@GMIAL.com").unwrap().as_str(), "Jane.O'Neil+x@gmail.com");
        assert_eq!(typed("jörg@gmial.com").unwrap().as_str(), "jörg@gmail.com");
        assert_eq!(typed("jane@gmail.com"), None);
        assert_eq!(typed(&format!("{}@hotmial.com", "j".repeat(64))).unwrap().ascii_domain(), "hotmail.com");
    }

    #[test]
    fn the_distance_counts_exchanges_as_one() {
        for (one, other, slips) in [
            ("", "", Some(0)),
            ("ab", "ab", Some(0)),
            ("ab", "ba", Some(1)),
            ("abc", "ac", Some(1)),
            ("ac", "abc", Some(1)),
            ("abc", "axc", Some(1)),
            ("gmail", "gmial", Some(1)),
            ("abcd", "badc", Some(2)),
            ("ca", "abc", None),
            ("abc", "xyz", None),
            ("a", "abcd", None),
        ] {
            assert_eq!(distance(one, other, 2), slips, "{one} {other}");
        }
    }

    #[test]
    fn the_list_has_lower_case_domains_once_each() {
        let domains: Vec<&str> = COMMON_DOMAINS.lines().collect();
        let mut sorted = domains.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), domains.len());
        for domain in domains {
            let address = EmailAddress::parse(&format!("x@{domain}")).unwrap();
            assert_eq!(address.ascii_domain(), domain);
            assert!(!crate::registration::disposable_domains::is_disposable(domain), "{domain}");
            assert_eq!(suggested_domain(domain), None, "{domain}");
        }
        for only in WITH_ONE_DOMAIN {
            assert!(COMMON_DOMAINS.lines().any(|common| common == only), "{only}");
        }
    }
}
