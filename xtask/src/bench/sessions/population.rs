//! A service with many accounts, some of whose people are signed in.

use std::{
    env,
    fs::File,
    io::{BufWriter, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use tempfile::TempDir;

use crate::{
    bench::{connection::Connection, service::Service},
    error::Error,
    process,
};

/// How many people are signed in.
const SIGNED_IN: u32 = 64;
/// The password of all of them, and its hash: cheap, because signing in is not what is measured.
const PASSWORD: &str = "nine violet otters sail past";
const HASH: &str = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$LcJStt0jsrn5TESOG8mYYN1NnR+iKfFreXvJW7cgjAM";

/// A running service with that many accounts.
pub(super) struct Population {
    service: Option<Service>,
    address: SocketAddr,
    database: PathBuf,
    tokens: Arc<[String]>,
    _folder: TempDir,
}

impl Population {
    /// Imports the accounts, starts the service, and signs some of them in, spread over all.
    ///
    /// # Errors
    /// When the service does not import, start or sign in.
    pub(super) async fn make(binary: &Path, accounts: u32) -> Result<Self, Error> {
        let folder = TempDir::new().map_err(Error::write(env::temp_dir()))?;
        let file = folder.path().join("accounts.jsonl");
        write_accounts(&file, accounts).map_err(Error::write(&file))?;
        let mut service = Service::prepare()?;
        process::run(service.command(binary).arg("import").arg(&file))?;
        service.serve(binary)?;
        service.wait_until_ready().await?;
        let mut connection = Connection::open(service.address()).await.map_err(Error::Load)?;
        let mut tokens = Vec::new();
        for number in 0..SIGNED_IN {
            tokens
                .push(sign_in(&mut connection, u64::from(number) * u64::from(accounts) / u64::from(SIGNED_IN)).await?);
        }
        let (address, database) = (service.address(), service.database());
        Ok(Self { service: Some(service), address, database, tokens: tokens.into(), _folder: folder })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn database(&self) -> &Path {
        &self.database
    }

    pub(super) fn tokens(&self) -> Arc<[String]> {
        Arc::clone(&self.tokens)
    }

    /// Stops the service.
    ///
    /// # Errors
    /// When it ends with a failure.
    pub(super) fn stop(&mut self) -> Result<(), Error> {
        self.service.take().map_or(Ok(()), Service::stop)
    }
}

fn write_accounts(file: &Path, accounts: u32) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    for number in 0..accounts {
        writeln!(
            out,
            r#"{{"email":"person-{number}@example.org","verified":true,"name":"Person {number}","password_hash":"{HASH}"}}"#
        )?;
    }
    out.flush()
}

async fn sign_in(connection: &mut Connection, number: u64) -> Result<String, Error> {
    let body = format!(r#"{{"email":"person-{number}@example.org","password":"{PASSWORD}"}}"#);
    let answer = connection.post_json("/account/v1/sessions", &body).await.map_err(Error::Load)?;
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let token = json.get("token").and_then(serde_json::Value::as_str).map(str::to_owned);
    token.ok_or_else(|| Error::Service(format!("did not sign in: {} {}", answer.status, answer.body)))
}
