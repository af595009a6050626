//! A real nginx with the documented configurations, and an application behind it that says what it was sent.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::patience::PATIENCE;
use crate::wire::{self, Reply};

/// A running nginx.
pub struct Nginx {
    port: u16,
    _process: Child,
    folder: TempDir,
}

/// What a documented configuration does with the path of the public URL in requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnPath {
    /// It passes the path on.
    Keeps,
    /// It removes the path.
    Removes,
}

/// The path of the public URL in the documentation.
pub const DOCUMENTED_PATH: &str = "/accounts";

/// The block of the documentation below a heading.
fn documented(heading: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reverse-proxy.md");
    let text = std::fs::read_to_string(path).expect("the documentation of reverse proxies");
    let (_, section) = text.split_once(&format!("\n{heading}\n")).expect("the heading");
    let (_, block) = section.split_once("```nginx\n").expect("a block for nginx");
    block.split_once("```").expect("the end of the block").0.to_owned()
}

/// The text with one part replaced; the part must be there.
fn replaced(text: &str, part: &str, with: &str) -> String {
    assert!(text.contains(part), "the documented configuration has no {part:?}");
    text.replace(part, with)
}

impl Nginx {
    /// Starts it in front of the service that listens at that port.
    pub async fn start(service_port: u16) -> Self {
        let (port, portal) = (wire::free_port(), wire::free_port());
        let servers = replaced(&documented("## nginx"), "127.0.0.1:3000", &format!("127.0.0.1:{portal}"));
        let portal = format!(
            "server {{ listen 127.0.0.1:{portal}; location / {{ default_type text/plain; return 200 \
             \"portal id=$http_x_account_id email=$http_x_account_email roles=$http_x_account_roles\"; }} }}"
        );
        Self::launch(port, service_port, &portal, &servers).await
    }

    /// Starts it at that port, in front of a service below [`DOCUMENTED_PATH`].
    pub async fn start_below_path(port: u16, service_port: u16, on_path: OnPath) -> Self {
        let servers = documented(match on_path {
            OnPath::Keeps => "### Keeping the path",
            OnPath::Removes => "### Removing the path",
        });
        Self::launch(port, service_port, "", &servers).await
    }

    async fn launch(port: u16, service_port: u16, others: &str, servers: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let servers = replaced(servers, "127.0.0.1:8080", &format!("127.0.0.1:{service_port}"));
        let servers = replaced(&servers, "listen 443 ssl;", &format!("listen 127.0.0.1:{port};"));
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {name};"))
            .join("\n");
        // Around the documented block, names with underscores are allowed, as in the configuration of somebody who has old
        // applications. The portal takes them for those with hyphens.
        let config = format!(
            "daemon off; master_process off; pid nginx.pid; error_log error.log;\nevents {{}}\n\
             http {{ access_log off; underscores_in_headers on; ignore_invalid_headers off;\n{temporary}\n{others}\n{servers} }}"
        );
        std::fs::write(folder.path().join("nginx.conf"), config).expect("a configuration");
        let log = std::fs::File::create(folder.path().join("output.txt")).expect("a file for output");
        let process = Command::new("nginx")
            .arg("-p")
            .arg(folder.path())
            .args(["-e", "error.log", "-c", "nginx.conf"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .expect("nginx starts");
        let nginx = Self { port, _process: process, folder };
        nginx.wait_until_listening().await;
        nginx
    }

    async fn wait_until_listening(&self) {
        for _ in 0..PATIENCE.as_millis() / 20 {
            if tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let said = std::fs::read_to_string(self.path("output.txt")).unwrap_or_default();
        panic!("nginx does not listen: {said}");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The port that it listens at, on 127.0.0.1.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Sends it a request.
    pub async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        wire::exchange(self.port, method, path, headers, body).await.expect("an answer of nginx")
    }
}
