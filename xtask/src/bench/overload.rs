//! What becomes of the service when ten times as much is asked of it as it can hash.
//!
//! An open loop: requests come when they are due, whether or not earlier ones were answered, as those of many people do.
//! They come from many client networks, which a trusted proxy names. The generator runs on the same processors.

mod crowd;
mod probe;
mod report;

use std::{
    fs,
    io::Write as _,
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use serde_json::json;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{
    error::Error,
    machine::Machine,
    process,
    say::say,
    workspace::{Profile, Workspace},
};

use super::{hashing, service::Service};
use crowd::{ACCOUNTS, Crowd, PASSWORD};
use probe::{Probes, Samples};
use report::{Report, Served};

/// How many signed-in requests, verifications and looks at health are measured while nothing else is asked for.
const IDLE: Duration = Duration::from_secs(8);
/// How long the peak is measured.
const PEAK: Duration = Duration::from_secs(15);
/// How soon after the overload everything has to be as before.
const RECOVERY: Duration = Duration::from_secs(5);
/// Sign-ins one after the other, before and after.
const SINGLE_SIGN_INS: u32 = 40;

/// How long and how hard.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Length of the overload.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(5..=3_600))]
    seconds: u32,
    /// How many times the peak is asked for.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(2..=50))]
    times: u32,
    /// From how many client networks.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=60_000))]
    networks: u32,
}

/// Measures, prints the table, and fails when the service does not hold up.
///
/// # Errors
/// When the service does not build, start or stop as it should, or breaks a promise of the table.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<(), Error> {
    let binary = workspace.build_service(Profile::Release)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Load)?;
    let mut service = Service::prepare()?;
    service.set([("ACCOUNT_HTTP__TRUSTED_PROXIES", "127.0.0.1/32")]);
    import_accounts(&service, &binary)?;
    service.serve(&binary)?;
    let measured = runtime.block_on(async {
        service.wait_until_ready().await?;
        measure(service.address(), options).await
    })?;
    let report = Report {
        command: format!(
            "cargo xtask bench overload --seconds {} --times {} --networks {}",
            options.seconds, options.times, options.networks
        ),
        machine: Machine::describe(workspace).to_string(),
        peak_memory_kib: service.peak_memory_kib(),
        ..measured
    };
    service.stop()?;
    say(format_args!("\n{report}"));
    report.verdict()
}

async fn measure(address: SocketAddr, options: &Options) -> Result<Report, Error> {
    let crowd = Crowd::new(address, options.networks);
    let token = crowd.sign_in_once().await?;
    let probes = Probes::open(address, &token).await?;
    let idle = probes.run(IDLE).await?;
    let single_before = crowd.single_sign_ins(SINGLE_SIGN_INS).await?;
    say(format_args!("idle: {}", idle.line()));

    let peak = crowd.serve_at_peak(PEAK).await;
    let peak_a_second = Served::of(&peak, PEAK).accepted_a_second;
    say(format_args!("peak: {peak_a_second:.1} requests/s"));

    let length = Duration::from_secs(options.seconds.into());
    let rate = peak_a_second * f64::from(options.times);
    let (overload, during) = tokio::join!(crowd.overload(rate, length), probes.run(length));
    let ended = Instant::now();
    let (overload, during): (_, Samples) = (overload, during?);
    say(format_args!("{rate:.0} requests/s: {}", during.line()));

    sleep(RECOVERY.saturating_sub(ended.elapsed())).await;
    let single_after = crowd.single_sign_ins(SINGLE_SIGN_INS).await?;
    Ok(Report {
        command: String::new(),
        machine: String::new(),
        peak_memory_kib: None,
        rate,
        peak: Served::of(&peak, PEAK),
        overload: Served::of(&overload, length),
        idle,
        during,
        single_before,
        single_after,
    })
}

/// Accounts whose passwords cost what they cost by default.
fn import_accounts(service: &Service, binary: &Path) -> Result<(), Error> {
    let folder = TempDir::new().map_err(Error::write(std::env::temp_dir()))?;
    let file = folder.path().join("accounts.jsonl");
    let hash = hashing::stored(PASSWORD).map_err(Error::Hashing)?;
    let mut out = fs::File::create(&file).map_err(Error::write(&file))?;
    for number in 0..ACCOUNTS {
        let account = json!({
            "email": crowd::address_of(number),
            "verified": true,
            "name": "Somebody",
            "password_hash": hash,
        });
        writeln!(out, "{account}").map_err(Error::write(&file))?;
    }
    process::run(service.command(binary).arg("import").arg(&file))
}
