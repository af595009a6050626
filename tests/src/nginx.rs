//! A real nginx with the documented configuration, and an application behind it that says what it was sent.

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

/// The block of the documentation.
fn documented() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reverse-proxy.md");
    let text = std::fs::read_to_string(path).expect("the documentation of reverse proxies");
    let (_, block) = text.split_once("```nginx\n").expect("a block for nginx");
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
        let folder = tempfile::tempdir().expect("a folder");
        let (port, portal) = (wire::free_port(), wire::free_port());
        let mut servers = documented();
        for (part, with) in [
            ("127.0.0.1:8080", format!("127.0.0.1:{service_port}")),
            ("127.0.0.1:3000", format!("127.0.0.1:{portal}")),
            ("listen 443 ssl;", format!("listen 127.0.0.1:{port};")),
        ] {
            servers = replaced(&servers, part, &with);
        }
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {name};"))
            .join("\n");
        let portal = format!(
            "server {{ listen 127.0.0.1:{portal}; location / {{ default_type text/plain; return 200 \
             \"portal id=$http_x_account_id email=$http_x_account_email roles=$http_x_account_roles\"; }} }}"
        );
        // Around the documented block, names with underscores are allowed, as in the configuration of somebody who has old
        // applications. The portal takes them for those with hyphens.
        let config = format!(
            "daemon off; master_process off; pid nginx.pid; error_log error.log;\nevents {{}}\n\
             http {{ access_log off; underscores_in_headers on; ignore_invalid_headers off;\n{temporary}\n{portal}\n{servers} }}"
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
