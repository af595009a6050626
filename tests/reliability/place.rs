//! Where services keep things, and hand emails to.

use account_store::testing::{Engine, PostgresServer, ThrowawayDatabase};
use account_tests::{Service, SmtpServer};

/// A database that outlives the services on it. Ended when it is dropped.
pub(crate) enum Database {
    /// The file that a service makes by itself.
    Own,
    /// A server of its own, on disk.
    Postgres(PostgresServer),
    /// A database on a server that is shared, in memory.
    Shared(ThrowawayDatabase),
}

impl Database {
    /// An empty one.
    pub(crate) async fn of(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::Own,
            Engine::Postgres => Self::Postgres(PostgresServer::start().await),
            Engine::MariaDb => Self::Shared(ThrowawayDatabase::new(engine).await),
        }
    }

    fn url(&self) -> Option<String> {
        match self {
            Self::Own => None,
            Self::Postgres(server) => Some(server.url()),
            Self::Shared(database) => Some(database.url().to_owned()),
        }
    }
}

/// A service as it ships on that database, whose emails go to that server; with these settings beside.
pub(crate) fn service(database: &Database, mail_server: &SmtpServer, settings: &[(&str, &str)]) -> Service {
    prepare(database, mail_server.settings(), settings)
}

/// The same on the database with that URL.
pub(crate) fn service_at(url: &str, mail_server: &SmtpServer, settings: &[(&str, &str)]) -> Service {
    prepare_at(Some(url.to_owned()), mail_server.settings(), settings)
}

/// The same, but it writes its mails as files, where they can be read.
pub(crate) fn service_with_mail_files(database: &Database, settings: &[(&str, &str)]) -> Service {
    prepare(database, Vec::new(), settings)
}

fn prepare(database: &Database, own: Vec<(String, String)>, settings: &[(&str, &str)]) -> Service {
    prepare_at(database.url(), own, settings)
}

fn prepare_at(url: Option<String>, mut own: Vec<(String, String)>, settings: &[(&str, &str)]) -> Service {
    // What limits do by themselves is measured; challenges have a scenario of their own.
    own.push(("REGISTRATION__CHALLENGE".to_owned(), "off".to_owned()));
    own.extend(url.map(|url| ("STORE__URL".to_owned(), url)));
    let own: Vec<_> = own.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    Service::prepare_as_shipped(&[&own, settings].concat())
}

/// The name of a database, for people.
pub(crate) const fn name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
        Engine::MariaDb => "MariaDB",
    }
}
