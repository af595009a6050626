//! Email domains of disposable mailboxes.
//!
//! The list is compiled in; `disposable_domains/README.md` describes its origin and license.

use crate::sorted_lines::contains_line;

/// Domains as lower-case A-labels, one per line, in ascending byte order.
const DISPOSABLE_DOMAINS: &str = include_str!("disposable_domains/domains.txt");

/// Listed domains that people get to by a slip in the domain of a large provider. They are asked about
/// ([`suggestion`](crate::email_address::suggestion)) rather than refused: the person has a lasting mailbox elsewhere.
const MISSPELLED: [&str; 3] = ["gmial.com", "hotmai.com", "hotmial.com"];

/// Returns whether `domain_a_label`, or a domain that it is below, is listed as a provider of disposable mailboxes.
///
/// `domain_a_label` is the domain of an email address in ASCII (UTS 46 A-labels), without a trailing dot. Case does not
/// matter.
#[must_use]
pub fn is_disposable(domain_a_label: &str) -> bool {
    let domain = domain_a_label.to_ascii_lowercase();
    with_parents(&domain).any(|domain| contains_line(DISPOSABLE_DOMAINS, domain) && !MISSPELLED.contains(&domain))
}

/// Returns the domain, then its parent, and so on.
fn with_parents(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |domain| domain.split_once('.').map(|(_, parent)| parent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email_address::EmailAddress;
    use crate::email_address::suggestion::suggestion;

    #[test]
    fn well_known_throw_away_domains_are_disposable() {
        for domain in [
            "mailinator.com",
            "guerrillamail.com",
            "10minutemail.com",
            "yopmail.com",
            "trashmail.com",
            "sharklasers.com",
        ] {
            assert!(is_disposable(domain), "{domain}");
        }
    }

    #[test]
    fn subdomains_of_a_disposable_domain_are_disposable() {
        assert!(is_disposable("sub.mailinator.com"));
        assert!(is_disposable("a.b.c.mailinator.com"));
    }

    #[test]
    fn case_makes_no_difference() {
        assert!(is_disposable("Mailinator.COM"));
    }

    #[test]
    fn a_name_that_only_ends_alike_is_not_disposable() {
        assert!(!is_disposable("ordinarymailinator.com"));
        assert!(!is_disposable("mailinator.com.example.org"));
        assert!(!is_disposable("mailinator"));
    }

    #[test]
    fn ordinary_providers_and_example_domains_are_not_disposable() {
        for domain in [
            "gmail.com",
            "googlemail.com",
            "outlook.com",
            "hotmail.com",
            "live.com",
            "proton.me",
            "protonmail.com",
            "gmx.de",
            "gmx.net",
            "web.de",
            "t-online.de",
            "icloud.com",
            "me.com",
            "yahoo.com",
            "aol.com",
            "fastmail.com",
            "mailbox.org",
            "posteo.de",
            "qq.com",
            "163.com",
            "mail.ru",
            "orange.fr",
            "duck.com",
            "example.com",
            "example.org",
            "acme.com",
            "company.com",
            "xn--mnchen-3ya.de",
        ] {
            assert!(!is_disposable(domain), "{domain}");
        }
    }

    #[test]
    fn no_top_level_domain_and_nothing_empty_is_disposable() {
        for domain in ["", ".", "com", ".com", "com."] {
            assert!(!is_disposable(domain), "{domain:?}");
        }
    }

    #[test]
    fn the_list_is_sorted_unique_and_of_lower_case_a_labels() {
        let domains: Vec<&str> = DISPOSABLE_DOMAINS.lines().collect();
        assert!(domains.len() > 10_000);
        assert!(domains.is_sorted_by(|one, next| one < next));
        for domain in domains {
            assert!(
                domain.contains('.')
                    && domain.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.')),
                "{domain}"
            );
        }
    }

    #[test]
    fn every_listed_domain_is_disposable_or_a_slip() {
        for domain in DISPOSABLE_DOMAINS.lines() {
            assert_eq!(is_disposable(domain), !MISSPELLED.contains(&domain), "{domain}");
        }
    }

    /// Listed domains that are close to a provider's and still lead to disposable mailboxes: looked at one by one.
    const NOT_SLIPS: [&str; 27] = [
        "5ymail.com",
        "amail.com",
        "cmail.com",
        "e-mail.com",
        "famamail.com",
        "fanymail.com",
        "fboxmail.com",
        "fibmail.com",
        "fizmail.com",
        "gmail.or.at",
        "gotmail.com",
        "h0tmaii.com",
        "hiemail.net",
        "hmamail.com",
        "hormails.com",
        "lastmail.co",
        "lastmail.com",
        "mohmal.com",
        "mynes.com",
        "omail.de",
        "otmail.jp",
        "pussport.com",
        "tmail.com",
        "tupmail.com",
        "wallm.com",
        "zmail.cam",
        "zoemail.com",
    ];

    #[test]
    fn listed_domains_that_look_like_slips_have_been_looked_at() {
        let is_slip = |domain: &&str| {
            let address = EmailAddress::parse(&format!("x@{domain}"));
            address.is_ok_and(|address| suggestion(&address).is_some())
        };
        let found: Vec<&str> = DISPOSABLE_DOMAINS.lines().filter(is_slip).collect();
        let mut known: Vec<&str> = MISSPELLED.into_iter().chain(NOT_SLIPS).collect();
        known.sort_unstable();
        assert_eq!(found, known, "decide for each new one whether it is a slip or a disposable mailbox");
    }
}
