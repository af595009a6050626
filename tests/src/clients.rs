//! Clients as anybody would make them from the committed documents, and running them against the real binary.

#[rustfmt::skip]
#[expect(
    clippy::unwrap_used,
    clippy::pedantic,
    clippy::allow_attributes,
    missing_docs,
    reason = "it is generated, and held equal to the documents by `cargo xtask check`"
)]
pub mod generated;

use std::path::{Path, PathBuf};

use serde_json::Value;
use tokio::process::Command;

use crate::Service;
use crate::python::python;

pub use generated::*;

/// Where a service's clients find it.
#[must_use]
pub fn base_url(service: &Service) -> String {
    format!("http://127.0.0.1:{}", service.port())
}

/// What the Rust clients send with; a session's token goes with every request.
#[must_use]
pub fn http_client(token: Option<&str>) -> reqwest::Client {
    let authorization = token.map(|token| format!("Bearer {token}").parse().expect("a header"));
    let headers = authorization.map(|value| (reqwest::header::AUTHORIZATION, value)).into_iter().collect();
    reqwest::Client::builder().no_proxy().default_headers(headers).build().expect("an HTTP client")
}

/// Runs a TypeScript client, such as `native` for `tests/clients/typescript/src/native.ts`: it gets where the service
/// is and where that writes its emails, and prints what it has seen, as JSON.
pub async fn run_typescript(service: &Service, name: &str) -> Value {
    let script = typescript_folder().join(format!("dist/{name}.js"));
    assert!(script.is_file(), "{} is not there: run the tests by `cargo xtask test`", script.display());
    let mut command = Command::new("node");
    command.arg(script).arg(base_url(service)).arg(service.path("account-data/mail"));
    let output = command.kill_on_drop(true).output().await.expect("node runs");
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The same for a Python client, such as `native` for `tests/clients/python/native.py`. openapi-python-client makes it
/// first, of the committed document.
pub async fn run_python(service: &Service, name: &str) -> Value {
    let (python, tests) = (python("PYTHON_CLIENTS", "python-clients"), Path::new(env!("CARGO_MANIFEST_DIR")));
    let (folder, scripts) = (service.path("python"), tests.join("clients/python"));
    let mut generator = Command::new(&python);
    generator.args(["-m", "openapi_python_client", "generate", "--meta", "none", "--path"]);
    generator.arg(tests.join(format!("../account-http/openapi/{name}.json")));
    generator.arg("--config").arg(scripts.join("settings.yml"));
    generator.arg("--output-path").arg(folder.join(format!("{name}_client")));
    std::fs::create_dir(&folder).expect("a folder");
    let made = generator.kill_on_drop(true).output().await.expect("Python runs");
    assert!(made.status.success(), "{name}: {}", String::from_utf8_lossy(&made.stdout));
    let mut client = Command::new(python);
    client.env("PYTHONPATH", &folder).arg(scripts.join(format!("{name}.py")));
    client.arg(base_url(service)).arg(service.path("account-data/mail"));
    let output = client.kill_on_drop(true).output().await.expect("Python runs");
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn typescript_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/typescript")
}
