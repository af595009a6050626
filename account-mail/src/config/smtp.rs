//! The mail server, and how the connection to it is protected.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use account_core::outbox::delivery::SEND_DEADLINE;
use lettre::transport::smtp::authentication::Credentials;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::EhloName;

/// The default time limit for one email: a second less than the outbox allows, so that the mailer itself reports what
/// took too long.
pub const DEFAULT_DEADLINE: Duration = SEND_DEADLINE.saturating_sub(Duration::from_secs(1));

/// The default number of connections at a time.
pub const DEFAULT_CONNECTIONS: usize = 8;

/// How the connection is protected. No mode falls back to a weaker one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsMode {
    /// Unprotected (`smtp://`).
    Plain,
    /// The connection starts unencrypted and is closed unless STARTTLS succeeds (`smtp://..?tls=starttls`).
    StartTls,
    /// TLS from the first byte (`smtps://`).
    Implicit,
}

/// A mail server, from a URL.
///
/// | URL | mode | default port |
/// |---|---|---|
/// | `smtps://[user:password@]host[:port]` | TLS from the first byte | 465 |
/// | `smtp://[user:password@]host[:port]?tls=starttls` | STARTTLS, required | 587 |
/// | `smtp://[user:password@]host[:port]` | none; only to this machine itself | 25 |
/// | `smtp://host[:port]?tls=none` | none, to any machine; never with a password to another one | 25 |
///
/// `tls=required` means the same as `tls=starttls`. There is no opportunistic mode. User and password are
/// percent-encoded. The `Debug` output shows neither.
#[derive(Clone)]
pub struct SmtpSettings {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: TlsMode,
    /// If unencrypted, connect only to addresses of this machine.
    pub(crate) loopback_only: bool,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) ehlo_name: Option<EhloName>,
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) deadline: Duration,
    pub(crate) connections: usize,
}

/// Why a server's URL is refused. Nothing of the URL is repeated: it may contain a password, in any of its parts if it
/// was not encoded well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SmtpSettingsError {
    /// It is not a URL with a host.
    #[error("write the mail server as `smtp://host:port` or `smtps://user:password@host:port`, percent-encoded")]
    Url,
    /// The scheme is neither `smtp` nor `smtps`.
    #[error("the mail server's URL must start with `smtp://` or `smtps://`")]
    Scheme,
    /// Something other than `?tls=` follows the port.
    #[error("after host and port, only `?tls=starttls` or `?tls=none` is allowed")]
    Parameter,
    /// `?tls=` is used with an smtps URL.
    #[error("`smtps://` already uses TLS: remove `?tls=`")]
    TlsTwice,
    /// The mode is unknown, or would fall back to no TLS.
    #[error("`tls` is `starttls` or `none`: a mode that falls back to plain text is not offered")]
    TlsMode,
    /// There is a user without a password, or the other way round.
    #[error("the mail server's URL has a user without a password or a password without a user")]
    Credentials,
    /// It would be unencrypted to another machine without `?tls=none`.
    #[error("emails would be sent unencrypted: use `smtps://` or `?tls=starttls`, or set `?tls=none`")]
    PlainToOtherHost,
    /// A password would be sent unencrypted to another machine.
    #[error("the password would be sent unencrypted: use `smtps://` or `?tls=starttls`")]
    PasswordInTheClear,
}

impl SmtpSettings {
    /// Parses a server's URL.
    ///
    /// # Errors
    /// [`SmtpSettingsError`] says which of the rules above is broken.
    pub fn parse(url: &str) -> Result<Self, SmtpSettingsError> {
        let url = Url::parse(url).map_err(|_| SmtpSettingsError::Url)?;
        let implicit = match url.scheme() {
            "smtp" => false,
            "smtps" => true,
            _ => return Err(SmtpSettingsError::Scheme),
        };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(SmtpSettingsError::Parameter);
        }
        let asked = tls_parameter(&url)?;
        let tls = match (implicit, asked) {
            (true, None) => TlsMode::Implicit,
            (true, Some(_)) => return Err(SmtpSettingsError::TlsTwice),
            (false, Some(TlsMode::StartTls)) => TlsMode::StartTls,
            (false, _) => TlsMode::Plain,
        };
        let host = host(&url)?;
        let credentials = credentials(&url)?;
        let loopback_only = tls == TlsMode::Plain && (asked.is_none() || credentials.is_some());
        if loopback_only && !is_loopback(&host) {
            let error = if credentials.is_some() {
                SmtpSettingsError::PasswordInTheClear
            } else {
                SmtpSettingsError::PlainToOtherHost
            };
            return Err(error);
        }
        let port = url.port().unwrap_or(match tls {
            TlsMode::Plain => 25,
            TlsMode::StartTls => 587,
            TlsMode::Implicit => 465,
        });
        Ok(Self {
            host,
            port,
            tls,
            loopback_only,
            credentials,
            ehlo_name: None,
            ca_file: None,
            deadline: DEFAULT_DEADLINE,
            connections: DEFAULT_CONNECTIONS,
        })
    }

    /// Returns how the connection is protected.
    #[must_use]
    pub const fn tls(&self) -> TlsMode {
        self.tls
    }

    /// Returns whether the server is this machine.
    pub(crate) fn is_local(&self) -> bool {
        is_loopback(&self.host)
    }

    /// Returns whether there are credentials.
    pub(crate) const fn has_credentials(&self) -> bool {
        self.credentials.is_some()
    }

    /// Returns host and port, for logs.
    #[must_use]
    pub fn server(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    /// Sets the name for EHLO. Default: the domain of the sender if it has a dot, otherwise `[127.0.0.1]`.
    #[must_use]
    pub fn with_ehlo_name(mut self, name: EhloName) -> Self {
        self.ehlo_name = Some(name);
        self
    }

    /// Sets a file of PEM certificates to trust in addition to the system's, for a private certificate authority.
    #[must_use]
    pub fn with_ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(path.into());
        self
    }

    /// Sets the time limit for one email, from requesting a connection to the server's last answer; at most
    /// [`DEFAULT_DEADLINE`].
    #[must_use]
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline.min(DEFAULT_DEADLINE);
        self
    }

    /// Sets the maximum number of connections at a time; at least one.
    #[must_use]
    pub fn with_connections(mut self, connections: usize) -> Self {
        self.connections = connections.clamp(1, 1024);
        self
    }
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("server", &self.server())
            .field("tls", &self.tls)
            .field("authenticates", &self.credentials.is_some())
            .field("ehlo_name", &self.ehlo_name)
            .field("ca_file", &self.ca_file)
            .field("deadline", &self.deadline)
            .field("connections", &self.connections)
            .finish_non_exhaustive()
    }
}

fn tls_parameter(url: &Url) -> Result<Option<TlsMode>, SmtpSettingsError> {
    match url.query() {
        None => Ok(None),
        Some("tls=starttls" | "tls=required") => Ok(Some(TlsMode::StartTls)),
        Some("tls=none") => Ok(Some(TlsMode::Plain)),
        Some(query) if query.starts_with("tls=") && !query.contains('&') => Err(SmtpSettingsError::TlsMode),
        Some(_) => Err(SmtpSettingsError::Parameter),
    }
}

fn host(url: &Url) -> Result<String, SmtpSettingsError> {
    let text = url.host_str().filter(|host| !host.is_empty()).ok_or(SmtpSettingsError::Url)?;
    // The URL parser does not know `smtp` and leaves its hosts as they are, with percent signs, upper case and
    // U-labels.
    let host = percent_decode_str(text).decode_utf8().map_err(|_| SmtpSettingsError::Url)?;
    match Host::parse(&host).map_err(|_| SmtpSettingsError::Url)? {
        Host::Domain(name) => Ok(name),
        Host::Ipv4(address) => Ok(address.to_string()),
        Host::Ipv6(address) => Ok(address.to_string()),
    }
}

fn credentials(url: &Url) -> Result<Option<Credentials>, SmtpSettingsError> {
    let decode = |text| percent_decode_str(text).decode_utf8().map_err(|_| SmtpSettingsError::Credentials);
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None | Some("")) => Err(SmtpSettingsError::Credentials),
        (user, Some(password)) => {
            let (user, password) = (decode(user)?, decode(password)?);
            // NUL separates user and password in the answer to the server (RFC 4616).
            if user.contains('\0') || password.contains('\0') {
                return Err(SmtpSettingsError::Credentials);
            }
            Ok(Some(Credentials::new(user.into_owned(), password.into_owned())))
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read() {
        for (url, server, tls, authenticates) in [
            ("smtp://127.0.0.1:1025", "127.0.0.1:1025", TlsMode::Plain, false),
            ("smtp://localhost/", "localhost:25", TlsMode::Plain, false),
            ("smtp://[::1]:1025", "[::1]:1025", TlsMode::Plain, false),
            ("smtp://u:p@127.0.0.1", "127.0.0.1:25", TlsMode::Plain, true),
            ("smtp://mail.example.org?tls=none", "mail.example.org:25", TlsMode::Plain, false),
            ("smtp://u:p@mail.example.org?tls=starttls", "mail.example.org:587", TlsMode::StartTls, true),
            ("smtp://mail.example.org:25?tls=required", "mail.example.org:25", TlsMode::StartTls, false),
            ("smtps://u%40x.org:p%3F%2F@mail.example.org", "mail.example.org:465", TlsMode::Implicit, true),
            ("SMTPS://Mail.B\u{FC}cher.example:8465", "mail.xn--bcher-kva.example:8465", TlsMode::Implicit, false),
        ] {
            let settings = SmtpSettings::parse(url).unwrap();
            assert_eq!(settings.server(), server, "{url}");
            assert_eq!(settings.tls(), tls, "{url}");
            assert_eq!(settings.credentials.is_some(), authenticates, "{url}");
        }
        let settings = SmtpSettings::parse("smtps://u%40x.org:p%3F%2F@h.org").unwrap();
        assert_eq!(settings.credentials, Some(Credentials::new("u@x.org".into(), "p?/".into())));
    }

    #[test]
    fn urls_that_look_safer_than_they_are_are_refused() {
        for (url, error) in [
            ("", SmtpSettingsError::Url),
            ("mail.example.org", SmtpSettingsError::Url),
            ("smtp://", SmtpSettingsError::Url),
            ("smtp://a b", SmtpSettingsError::Url),
            ("smtp://host:99999", SmtpSettingsError::Url),
            ("https://mail.example.org", SmtpSettingsError::Scheme),
            ("smtp://localhost/ehlo", SmtpSettingsError::Parameter),
            ("smtp://localhost#x", SmtpSettingsError::Parameter),
            ("smtp://localhost?ssl=1", SmtpSettingsError::Parameter),
            ("smtp://localhost?tls=none&tls=starttls", SmtpSettingsError::Parameter),
            ("smtp://localhost?tls=opportunistic", SmtpSettingsError::TlsMode),
            ("smtp://localhost?tls=", SmtpSettingsError::TlsMode),
            ("smtps://localhost?tls=none", SmtpSettingsError::TlsTwice),
            ("smtps://u@localhost", SmtpSettingsError::Credentials),
            ("smtps://:p@localhost", SmtpSettingsError::Credentials),
            ("smtps://u:p%00q@localhost", SmtpSettingsError::Credentials),
            ("smtp://mail.example.org", SmtpSettingsError::PlainToOtherHost),
            ("smtp://localhost.example.org", SmtpSettingsError::PlainToOtherHost),
            ("smtp://10.0.0.1", SmtpSettingsError::PlainToOtherHost),
            ("smtp://u:p@mail.example.org", SmtpSettingsError::PasswordInTheClear),
            ("smtp://u:p@mail.example.org?tls=none", SmtpSettingsError::PasswordInTheClear),
        ] {
            assert_eq!(SmtpSettings::parse(url).map(|_| ()), Err(error), "{url}");
        }
    }

    #[test]
    fn user_and_password_are_never_printed() {
        let settings = SmtpSettings::parse("smtps://the-user:the-password@mail.example.org").unwrap();
        let text = format!("{settings:?}");
        assert!(text.contains("mail.example.org:465") && !text.contains("the-"), "{text}");
    }

    #[test]
    fn the_deadline_stays_below_the_outbox_lease() {
        let settings = SmtpSettings::parse("smtp://localhost").unwrap();
        assert!(settings.deadline < SEND_DEADLINE);
        assert!(settings.with_deadline(Duration::from_mins(1)).deadline < SEND_DEADLINE);
    }
}
