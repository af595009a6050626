//! The parameters of URLs. The drivers ignore those that they do not know, so that one with a typing error has no
//! effect: a connection that should be encrypted is not.

use crate::error::OpenError;

/// The longest name that is repeated in an error.
const LONGEST: usize = 40;

/// Checks that the driver knows all parameters of the URL.
///
/// # Errors
/// [`OpenError::Parameter`] names the first unknown one, and the most similar one that is known.
pub(super) fn check(url: &str, known: &[&'static str]) -> Result<(), OpenError> {
    let Some((_, query)) = url.split_once('?') else { return Ok(()) };
    // A fragment is not sent anywhere either.
    if query.contains(['@', '#']) {
        return Err(OpenError::Unencoded);
    }
    for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
        let name = parameter.split_once('=').map_or(parameter, |(name, _)| name);
        let decoded = name.replace("%5B", "[").replace("%5b", "[").replace("%5D", "]").replace("%5d", "]");
        let is_known = known.iter().any(|known| match known.strip_suffix("[]") {
            // A family: `options[lock_timeout]`.
            Some(family) => {
                decoded.strip_prefix(family).is_some_and(|rest| rest.starts_with('[') && rest.ends_with(']'))
            }
            None => *known == decoded,
        });
        if !is_known {
            return Err(OpenError::Parameter { name: shown(&decoded), nearest: nearest(&decoded, known) });
        }
    }
    Ok(())
}

/// Returns the name as it can be shown: part of a password that was not encoded looks different.
fn shown(name: &str) -> String {
    let is_name = name.len() <= LONGEST
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'[' | b']'));
    if is_name { name.to_owned() } else { "..".to_owned() }
}

fn nearest(name: &str, known: &[&'static str]) -> &'static str {
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(name, known);
    known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] = ["sslmode", "sslrootcert", "options[]"];

    #[test]
    fn an_unknown_parameter_is_named_with_the_nearest_one() {
        for (query, name, nearest) in [
            ("sslmod=verify-full", "sslmod", "sslmode"),
            ("sslmode=require&ssl_root_cert=x", "ssl_root_cert", "sslrootcert"),
        ] {
            let error = check(&format!("postgres://me:geheim@db/a?{query}"), &KNOWN).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("`store.url` has an unknown parameter `{name}`; the most similar one is `{nearest}`")
            );
        }
    }

    #[test]
    fn known_parameters_pass() {
        for query in ["", "sslmode=require", "options[lock_timeout]=1s", "options%5Bx%5D=1&sslrootcert=%2Fca.pem", "&"]
        {
            check(&format!("postgres://db/a?{query}"), &KNOWN).unwrap();
        }
        check("postgres://db/a", &KNOWN).unwrap();
    }

    #[test]
    fn part_of_a_password_is_not_repeated() {
        for url in ["postgres://me:what?geheim=1@db/a", "postgres://me:what?geheim#1@db/a"] {
            let error = check(url, &KNOWN).unwrap_err();
            assert!(matches!(error, OpenError::Unencoded), "{error}");
        }
        let error = check("postgres://db/a?ge%20heim", &KNOWN).unwrap_err();
        assert!(!error.to_string().contains("heim"), "{error}");
    }
}
