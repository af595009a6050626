//! A small disk fills up, and is made room on.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use account_tests::Service;
use account_tests::service::mail_header;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::ledger::Acknowledged;
use crate::load::{Load, Seen};
use crate::registering::{borrowed, count_lost};
use crate::report::Report;
use crate::table::{Cell, Table};

/// Those who register at a time.
const CLIENTS: u32 = 4;
/// Refusals that are waited for: enough to be sure that the disk stays full.
const REFUSALS: usize = 30;
/// Longest time from room on the disk to a registration that is acknowledged.
const LONGEST_RECOVERY: Duration = Duration::from_secs(10);

/// A file system in memory, of a size of its own.
struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    fn mount() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=16m", "tmpfs"]).arg(folder.path()).status();
        let is_mounted = mounted.is_ok_and(|status| status.success());
        assert!(is_mounted, "a tmpfs cannot be mounted: that needs root (CAP_SYS_ADMIN)");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Fills it to the last byte.
    fn fill(&self) {
        let mut ballast = File::create(self.path("ballast")).expect("a file");
        for size in [1 << 16, 1 << 12, 1] {
            while ballast.write_all(&vec![0; size]).is_ok() {}
        }
    }

    fn make_room(&self) {
        fs::remove_file(self.path("ballast")).expect("the ballast is removed");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: anyone who still has a file open there is about to end.
        drop(Command::new("umount").arg("--lazy").arg(self.folder.path()).status());
    }
}

/// Fills the disk that database and emails are on, and makes room again.
pub(super) async fn run() -> Report {
    let disk = SmallDisk::mount();
    let settings = [
        ("STORE__URL".to_owned(), format!("sqlite://{}", disk.path("account.db").display())),
        ("MAIL__DIRECTORY".to_owned(), disk.path("mail").display().to_string()),
    ];
    let mut service = Service::prepare_as_shipped(&borrowed(&settings));
    service.launch().await;
    let service = Arc::new(service);
    let load = Load::start(&service, CLIENTS);
    load.wait_until(|seen| seen.acknowledged.len() >= 50).await;
    disk.fill();
    let was_full = load.wait_until(|seen| seen.refusals.len() >= REFUSALS).await;
    let liveness = service.request("GET", "/health/liveness", &[], "").await.status;
    disk.make_room();
    let recovery = load.first_after(Instant::now()).await;
    sleep(Duration::from_secs(2)).await;
    let seen = load.stop().await;
    let acknowledged = seen.registrations();
    let (without, broken) = wait_for_mails(&disk.path("mail"), &acknowledged).await;
    let lost = count_lost(&service, &acknowledged).await;
    let mut service = Arc::into_inner(service).expect("the clients are done");
    let ended = service.stop().await;
    let integrity = check(&disk.path("account.db"));
    let judgement =
        Judgement { was_full, liveness, recovery, seen, lost, without, broken, stopped: ended.success(), integrity };
    judgement.report()
}

struct Judgement {
    was_full: bool,
    liveness: u16,
    recovery: Option<Duration>,
    seen: Seen,
    lost: usize,
    without: usize,
    broken: usize,
    stopped: bool,
    integrity: String,
}

impl Judgement {
    fn report(self) -> Report {
        let seen = &self.seen;
        let recovery = self.recovery.map_or_else(|| "never".to_owned(), |time| format!("{:.2} s", time.as_secs_f64()));
        let recovered = self.recovery.is_some_and(|time| time <= LONGEST_RECOVERY);
        let mut table = Table::new(["figure", "required", "SQLite and emails as files"]);
        let mut row = |name: &str, must: &str, cell| table.row(name, [Cell::told(must), cell]);
        row(
            "registrations acknowledged",
            "at least 50",
            Cell::judged(seen.acknowledged.len(), seen.acknowledged.len() >= 50),
        );
        row("answers other than 202", "at least 30", Cell::judged(seen.refusals.len(), self.was_full));
        row(
            "of these not a 5xx problem, or a 503 without Retry-After",
            "0",
            Cell::judged(seen.improper(), seen.improper() == 0),
        );
        row("requests without an answer", "0", Cell::judged(seen.unanswered, seen.unanswered == 0));
        row("longest answer", "", Cell::told(format!("{:.2} s", seen.longest.as_secs_f64())));
        row("liveness while the disk is full", "204", Cell::judged(self.liveness, self.liveness == 204));
        row("acknowledged, but lost", "0", Cell::judged(self.lost, self.lost == 0));
        row("acknowledged, but without an email", "0", Cell::judged(self.without, self.without == 0));
        row("incomplete emails", "0", Cell::judged(self.broken, self.broken == 0));
        row("free space to first 202, without a restart", "10 s", Cell::judged(recovery, recovered));
        row("integrity check of the database", "ok", Cell::judged(&self.integrity, self.integrity == "ok"));
        row("shuts down normally afterwards", "true", Cell::judged(self.stopped, self.stopped));
        Report { title: "A full disk (tmpfs of 16 MiB)".to_owned(), table, notes: Vec::new() }
    }
}

/// Waits until each has its email, for a minute and a half at most: how many have none, and how many emails are cut
/// off.
async fn wait_for_mails(folder: &Path, acknowledged: &[Acknowledged]) -> (usize, usize) {
    let begun = Instant::now();
    loop {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "eml"));
        let mails: Vec<_> = files.map(|path| fs::read_to_string(path).unwrap_or_default()).collect();
        let has_mail: std::collections::BTreeSet<_> = mails.iter().filter_map(|mail| mail_header(mail, "To")).collect();
        let without = acknowledged.iter().filter(|known| !has_mail.contains(&known.email)).count();
        if without == 0 || begun.elapsed() > Duration::from_secs(90) {
            return (without, mails.iter().filter(|mail| !mail.ends_with("--\r\n")).count());
        }
        sleep(Duration::from_millis(500)).await;
    }
}

/// What SQLite itself, another build of it, says of the file.
fn check(database: &Path) -> String {
    // Damaged pages, and rows that name others which are not there.
    let script = "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); \
                  print(d.execute('PRAGMA integrity_check').fetchone()[0], \
                  *d.execute('PRAGMA foreign_key_check').fetchall())";
    let output = Command::new("python3").args(["-c", script]).arg(database).output().expect("Python runs");
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.success() { said.trim().to_owned() } else { errors.trim().to_owned() }
}
