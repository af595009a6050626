//! Reading, refusing and replacing databases.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use account_core::error_chain::chain;

use super::written::{Content, Value, edges, place};
use super::*;

const NETWORKS: [(&str, &str, &str); 3] = [
    ("8.8.8.0/24", "US", "America/Chicago"),
    ("91.64.0.0/14", "DE", "Europe/Berlin"),
    ("9.9.9.9/32", "CH", "Europe/Zurich"),
];
const NETWORK_OF_V6: (&str, &str, &str) = ("2001:620::/32", "CH", "Europe/Zurich");

/// A database of cities.
fn cities(record_bits: usize, has_v6: bool) -> Vec<u8> {
    let networks = NETWORKS.into_iter().chain(has_v6.then_some(NETWORK_OF_V6));
    let networks: Vec<_> = networks.map(|(network, country, zone)| (network, place(country, zone))).collect();
    Content { kind: "GeoLite2-City", record_bits, has_v6, networks: &networks }.write()
}

/// A database of one network.
fn of_one(kind: &str, value: Value) -> Vec<u8> {
    Content { kind, record_bits: 24, has_v6: false, networks: &[("8.8.8.0/24", value)] }.write()
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("city.mmdb")
    }

    /// Replaces the file as operators should: by renaming a complete one.
    fn put(&self, bytes: &[u8]) {
        let new = self.0.path().join("new");
        fs::write(&new, bytes).unwrap();
        fs::rename(&new, self.file()).unwrap();
    }

    fn open(&self, bytes: &[u8]) -> Result<CityDatabase, String> {
        self.put(bytes);
        CityDatabase::open(&self.file()).map_err(|error| chain(&error))
    }
}

fn located(database: &CityDatabase, address: &str) -> (Option<String>, Option<String>) {
    let Location { country, time_zone } = database.locate(address.parse().unwrap());
    (country, time_zone)
}

fn is(country: &str, zone: &str) -> (Option<String>, Option<String>) {
    (Some(country.to_owned()), Some(zone.to_owned()))
}

#[test]
fn every_network_has_its_country_and_time_zone_up_to_its_edges() {
    for (record_bits, has_v6) in [(24, false), (28, false), (32, false), (24, true), (28, true), (32, true)] {
        let database = Folder::new().open(&cities(record_bits, has_v6)).unwrap();
        for (network, country, zone) in NETWORKS.into_iter().chain(has_v6.then_some(NETWORK_OF_V6)) {
            let (inside, outside) = edges(network);
            for address in inside {
                assert_eq!(located(&database, &address.to_string()), is(country, zone), "{record_bits} {address}");
            }
            for address in outside {
                assert_eq!(located(&database, &address.to_string()), (None, None), "{record_bits} {address}");
            }
        }
    }
}

/// The end-to-end tests use the sample.
#[test]
fn the_sample_is_what_is_written() {
    let (sample, written) = (include_bytes!("sample.mmdb"), cities(28, true));
    if sample[..] != written {
        let path = std::env::temp_dir().join("sample.mmdb");
        fs::write(&path, written).unwrap();
        panic!("copy {} to this folder", path.display());
    }
}

#[test]
fn a_database_of_ipv4_knows_no_address_of_ipv6() {
    let database = Folder::new().open(&cities(24, false)).unwrap();
    assert_eq!(located(&database, "2001:620::1"), (None, None));
}

#[test]
fn a_database_of_countries_knows_no_time_zones() {
    let country = Value::Map(vec![("country", Value::Map(vec![("iso_code", Value::Text("US"))]))]);
    let database = Folder::new().open(&of_one("GeoLite2-Country", country)).unwrap();
    assert_eq!(located(&database, "8.8.8.8"), (Some("US".to_owned()), None));
}

#[test]
fn databases_of_something_else_are_refused_by_name() {
    let provider = Value::Map(vec![("autonomous_system_number", Value::Number(15_169))]);
    let other_shape = Value::Map(vec![("country", Value::Text("US")), ("location", Value::Number(1))]);
    for (kind, value) in [("GeoLite2-ASN", provider), ("other_shape", other_shape), ("a_text", Value::Text("US"))] {
        let error = Folder::new().open(&of_one(kind, value)).map(|_| ()).unwrap_err();
        let expected = format!("a database of the type {kind:?}, which says no countries");
        assert!(error.starts_with(&expected), "{error}");
    }
}

#[test]
fn what_is_no_database_is_refused_with_the_reason() {
    let folder = Folder::new();
    let whole = cities(28, true);
    for bytes in [&b""[..], b"a text", &whole[..whole.len() / 2], &whole[..whole.len() - 20]] {
        let error = folder.open(bytes).map(|_| ()).unwrap_err();
        assert!(error.starts_with("not a database in MaxMind's format (.mmdb), or a damaged one: "), "{error}");
    }
    let why = |path: &Path| chain(&CityDatabase::open(path).map(|_| ()).unwrap_err());
    assert_eq!(why(folder.0.path()), "not a file");
    assert!(why(&folder.0.path().join("missing")).starts_with("cannot read the file: "));
    let large = fs::File::create(folder.file()).unwrap();
    large.set_len((1 << 30) + 1).unwrap();
    assert_eq!(why(&folder.file()), "larger than 1 GiB");
}

#[test]
fn networks_without_end_are_refused() {
    // Both halves of each node lead to the same node: the first one, or the next one.
    for leads_to in [|_| 0, |node: u32| node + 1] {
        let mut bytes = cities(32, true);
        for (node, halves) in (0..120).zip(bytes.chunks_exact_mut(8)) {
            halves[..4].copy_from_slice(&leads_to(node).to_be_bytes());
            halves[4..].copy_from_slice(&leads_to(node).to_be_bytes());
        }
        let error = Folder::new().open(&bytes).map(|_| ()).unwrap_err();
        assert!(error.starts_with("not a database in MaxMind's format (.mmdb), or a damaged one: "), "{error}");
    }
}

/// Damages a file in all ways that a few bytes can, and many at random.
#[test]
fn no_damage_panics_and_what_is_accepted_can_be_read() {
    let addresses: Vec<IpAddr> = NETWORKS
        .into_iter()
        .chain([NETWORK_OF_V6])
        .flat_map(|(network, ..)| edges(network).0.into_iter().chain(edges(network).1))
        .collect();
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % u64::try_from(below).unwrap()).unwrap()
    };
    let (mut accepted, mut refused) = (0, 0);
    let mut attempt = |bytes: Vec<u8>, what: &dyn Fn() -> String| {
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let Ok(database) = checked(bytes) else { return false };
            log_use(&database);
            let database = CityDatabase {
                path: PathBuf::new(),
                database: RwLock::new(Arc::new(database)),
                seen: Mutex::new(None),
            };
            for address in &addresses {
                database.locate(*address);
            }
            true
        }));
        match outcome {
            Ok(true) => accepted += 1,
            Ok(false) => refused += 1,
            Err(panic) => panic!("{}: {panic:?}", what()),
        }
    };
    for (record_bits, has_v6) in [(24, false), (28, true), (32, true)] {
        let whole = cities(record_bits, has_v6);
        for at in 0..whole.len() {
            attempt(whole[..at].to_vec(), &|| format!("{record_bits}: cut at {at}"));
            for byte in [0, 0xFF, whole[at] ^ 1, whole[at] ^ 0x80, whole[at].wrapping_add(1)] {
                let mut bytes = whole.clone();
                bytes[at] = byte;
                attempt(bytes, &|| format!("{record_bits}: {byte} at {at}"));
            }
        }
        for round in 0..3_000 {
            let mut bytes = whole.clone();
            for _ in 0..=next(8) {
                let at = next(bytes.len());
                bytes[at] = u8::try_from(next(256)).unwrap();
            }
            if round % 5 == 0 {
                let (from, to) = (next(bytes.len()), next(bytes.len()));
                bytes.copy_within(from.min(to)..from.max(to), next(from.min(to) + 1));
            }
            attempt(bytes, &|| format!("{record_bits}: round {round}"));
        }
    }
    assert!(accepted > 1_000 && refused > 1_000, "{accepted} accepted, {refused} refused");
}

#[test]
fn a_new_file_takes_the_place_of_the_old_one() {
    let folder = Folder::new();
    let database = folder.open(&cities(28, true)).unwrap();
    assert!(matches!(database.renew(), Renewal::Same));
    folder.put(&of_one("GeoLite2-City", place("BR", "America/Sao_Paulo")));
    assert!(matches!(database.renew(), Renewal::Replaced));
    assert_eq!(located(&database, "8.8.8.8"), is("BR", "America/Sao_Paulo"));
    assert_eq!(located(&database, "9.9.9.9"), (None, None));
    assert!(matches!(database.renew(), Renewal::Same));
}

#[test]
fn the_old_one_stays_while_the_file_cannot_be_used() {
    let folder = Folder::new();
    let database = folder.open(&cities(28, true)).unwrap();
    let unharmed = |renewal: Renewal| {
        assert_eq!(located(&database, "8.8.8.8"), is("US", "America/Chicago"));
        matches!(renewal, Renewal::Refused(_))
    };
    for bytes in [&b"damaged"[..], &of_one("GeoLite2-ASN", Value::Map(Vec::new()))] {
        folder.put(bytes);
        assert!(unharmed(database.renew()), "it is told once");
        assert!(!unharmed(database.renew()));
    }
    fs::remove_file(folder.file()).unwrap();
    assert!(unharmed(database.renew()), "a missing file is told once");
    assert!(!unharmed(database.renew()));
    folder.put(&of_one("GeoLite2-City", place("BR", "America/Sao_Paulo")));
    assert!(matches!(database.renew(), Renewal::Replaced));
    assert_eq!(located(&database, "8.8.8.8"), is("BR", "America/Sao_Paulo"));
}

#[test]
fn look_ups_go_on_while_the_file_is_replaced() {
    let folder = Folder::new();
    let database = folder.open(&of_one("GeoLite2-City", place("US", "America/Chicago"))).unwrap();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let readers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    while !done.load(Ordering::Relaxed) {
                        let found = located(&database, "8.8.8.8");
                        let is_one = found == is("US", "America/Chicago") || found == is("BR", "America/Sao_Paulo");
                        assert!(is_one, "{found:?}");
                    }
                })
            })
            .collect();
        for round in 0..100 {
            let (country, zone) = if round % 2 == 0 { ("BR", "America/Sao_Paulo") } else { ("US", "America/Chicago") };
            folder.put(&of_one("GeoLite2-City", place(country, zone)));
            assert!(matches!(database.renew(), Renewal::Replaced), "{round}");
        }
        done.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.join().unwrap();
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_is_watched() {
    let folder = Folder::new();
    let database = Arc::new(folder.open(&cities(28, true)).unwrap());
    let watching = tokio::spawn(Arc::clone(&database).watch(Duration::from_millis(1)));
    folder.put(&of_one("GeoLite2-City", place("BR", "America/Sao_Paulo")));
    while located(&database, "8.8.8.8") != is("BR", "America/Sao_Paulo") {
        sleep(Duration::from_millis(1)).await;
    }
    watching.abort();
}

#[cfg(unix)]
#[test]
fn a_file_whose_time_was_set_back_after_it_was_written_to_is_another_one() {
    use std::os::unix::fs::MetadataExt;

    let folder = Folder::new();
    let of = |country| of_one("GeoLite2-City", place(country, "Europe/Berlin"));
    let database = folder.open(&of("US")).unwrap();
    let before = fs::metadata(folder.file()).unwrap();
    let changed = || fs::metadata(folder.file()).map(|now| (now.ctime(), now.ctime_nsec())).unwrap();
    // The clock of the file system takes some milliseconds for each step.
    while changed() == (before.ctime(), before.ctime_nsec()) {
        fs::write(folder.file(), of("DE")).unwrap();
        fs::File::options().append(true).open(folder.file()).unwrap().set_modified(before.modified().unwrap()).unwrap();
    }
    let after = fs::metadata(folder.file()).unwrap();
    let same = |file: &fs::Metadata| (file.len(), file.ino(), file.modified().unwrap());
    assert_eq!(same(&after), same(&before));
    assert!(matches!(database.renew(), Renewal::Replaced));
    assert_eq!(located(&database, "8.8.8.8"), is("DE", "Europe/Berlin"));
    assert!(matches!(database.renew(), Renewal::Same));
}
