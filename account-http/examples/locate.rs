//! Measures look-ups of addresses: `cargo run --release -p account-http --example locate -- [CITY_DATABASE]`.

use std::error::Error;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::time::Instant;

use account_core::ports::GeoLocator;
use account_http::outbound::geo::{CityDatabase, EmbeddedCountries};

/// How many addresses are looked up.
const ADDRESSES: u32 = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    let (before, begun) = (resident_kib(), Instant::now());
    let table = EmbeddedCountries::new();
    writeln!(
        out,
        "embedded table: ready after {:?}, resident memory +{} KiB",
        begun.elapsed(),
        resident_kib() - before
    )?;
    measure(&table, &mut out)?;
    writeln!(out, "after all look-ups: +{} KiB", resident_kib() - before)?;
    if let Some(path) = std::env::args().nth(1) {
        let (before, begun) = (resident_kib(), Instant::now());
        let database = CityDatabase::open(Path::new(&path))?;
        writeln!(out, "{path}: ready after {:?}, resident memory +{} KiB", begun.elapsed(), resident_kib() - before)?;
        measure(&database, &mut out)?;
    }
    Ok(())
}

/// Looks up addresses all over the Internet, of both families.
fn measure(locator: &dyn GeoLocator, out: &mut impl Write) -> std::io::Result<()> {
    // Steps of the golden ratio: they come everywhere, and never to a neighbor.
    let v4 = |n: u32| IpAddr::V4(Ipv4Addr::from(n.wrapping_mul(0x9E37_79B9)));
    let v6 = |n: u32| {
        let spread = u128::from(n.wrapping_mul(0x9E37_79B9));
        IpAddr::V6(Ipv6Addr::from((0x2000 << 112) + (spread << 93)))
    };
    for (family, address) in [("IPv4", &v4 as &dyn Fn(u32) -> IpAddr), ("IPv6", &v6)] {
        let begun = Instant::now();
        let found = (0..ADDRESSES).filter(|n| black_box(locator.locate(address(*n))).country.is_some()).count();
        let each = begun.elapsed() / ADDRESSES;
        writeln!(out, "{family}: {each:?} each, {found} of {ADDRESSES} found")?;
    }
    Ok(())
}

/// The resident memory of this process (Linux).
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or_default()
}
