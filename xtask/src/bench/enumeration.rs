//! Whether the time of an answer tells whose address it was about: an unknown one, one with a pending registration, or
//! an account's.
//!
//! One connection asks one thing after another, as anyone who wants to know would, about addresses of the three classes
//! in random order. Hashes are the cheapest there are: what differs beside them must not hide behind them. The area
//! under the ROC curve is the chance that an answer of one class took longer than one of another; 0.5 tells nothing.

mod roc;

use std::{env, fs::File, io::Write as _, net::SocketAddr, time::Instant};

use tempfile::TempDir;

use crate::{
    error::Error,
    machine::Machine,
    process,
    say::say,
    workspace::{Profile, Workspace},
};

use super::{connection::Connection, service::Service, statistics::median};
use roc::area;

/// The hash of a password of the accounts, with the parameters below.
const HASH: &str = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$LcJStt0jsrn5TESOG8mYYN1NnR+iKfFreXvJW7cgjAM";
const CHEAP: [(&str, &str); 2] = [("ACCOUNT_HASHING__MEMORY_KIB", "64"), ("ACCOUNT_HASHING__ITERATIONS", "1")];
const UNLIMITED: [(&str, &str); 2] = [("ACCOUNT_LIMITS__RESETS", "off"), ("ACCOUNT_LIMITS__RESETS_PER_DAY", "off")];

/// Addresses of each class that there is something about; each is asked about again and again.
const POOL: u32 = 500;
/// Furthest that the area may be from 0.5.
const BOUND: f64 = 0.02;

/// How much.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Answers of each class, for each call.
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    samples: u32,
}

/// What is known of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Unknown,
    Pending,
    Account,
}

impl Class {
    const ALL: [Self; 3] = [Self::Unknown, Self::Pending, Self::Account];

    const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Pending => "pending",
            Self::Account => "account",
        }
    }

    /// The address of that number. Names are alike in length: nothing but the class differs.
    fn address(self, number: u32) -> String {
        match self {
            Self::Unknown => format!("unknown-{number:08}@example.org"),
            Self::Pending | Self::Account => format!("{}-{:08}@example.org", self.name(), number % POOL),
        }
    }
}

/// What a stranger can ask about an address.
struct Call {
    name: &'static str,
    path: &'static str,
    body: fn(&str) -> String,
    status: u16,
}

const CALLS: [Call; 4] = [
    Call { name: "register", path: "/account/v1/registrations", body: credentials, status: 202 },
    Call { name: "sign in", path: "/account/v1/sessions", body: credentials, status: 401 },
    Call { name: "resend", path: "/account/v1/verification-mails", body: email, status: 202 },
    Call { name: "password reset", path: "/account/v1/password-resets", body: email, status: 202 },
];

/// Not the accounts' password.
fn credentials(address: &str) -> String {
    format!(r#"{{"email":"{address}","password":"seven amber lanterns drift"}}"#)
}

fn email(address: &str) -> String {
    format!(r#"{{"email":"{address}"}}"#)
}

/// Measures, prints the table, and fails when an answer differs or its time tells the class.
///
/// # Errors
/// When something does not build, start or answer as it should, or a bound is missed.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<(), Error> {
    let binary = workspace.build_service(Profile::Release)?;
    let folder = TempDir::new().map_err(Error::write(env::temp_dir()))?;
    let file = folder.path().join("accounts.jsonl");
    write_accounts(&file).map_err(Error::write(&file))?;
    let mut service = Service::prepare()?;
    service.set(CHEAP);
    service.set(UNLIMITED);
    process::run(service.command(&binary).arg("import").arg(&file))?;
    service.serve(&binary)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Load)?;
    runtime.block_on(service.wait_until_ready())?;
    let mut rows = Vec::new();
    for call in &CALLS {
        let row = runtime.block_on(measure(service.address(), call, options.samples))?;
        say(format_args!("{}", row.line()));
        rows.push(row);
    }
    service.stop()?;
    say(format_args!("\nCommand: `cargo xtask bench enumeration --samples {}`\n", options.samples));
    say(format_args!("Machine: {}\n", Machine::describe(workspace)));
    say(format_args!(
        "| call | median: unknown | pending | account | largest distance from 0.5 | between | differing |"
    ));
    say(format_args!("|---|---|---|---|---|---|---|"));
    for row in &rows {
        say(format_args!("{}", row.line()));
    }
    let is_missed = |row: &&Row| row.furthest > BOUND || row.differing > 0;
    match rows.iter().find(is_missed) {
        Some(row) => Err(Error::Service(format!("`{}` tells addresses apart", row.call))),
        None => Ok(()),
    }
}

fn write_accounts(file: &std::path::Path) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(File::create(file)?);
    for number in 0..POOL {
        let address = Class::Account.address(number);
        writeln!(out, r#"{{"email":"{address}","verified":true,"name":"Somebody","password_hash":"{HASH}"}}"#)?;
    }
    out.flush()
}

/// Asks about every class in turn, in an order that is drawn for each turn.
async fn measure(address: SocketAddr, call: &Call, samples: u32) -> Result<Row, Error> {
    let mut connection = Connection::open(address).await.map_err(Error::Load)?;
    // There before anything is measured, whatever the order of the calls is.
    for number in 0..POOL {
        let body = credentials(&Class::Pending.address(number));
        connection.post_json("/account/v1/registrations", &body).await.map_err(Error::Load)?;
    }
    let mut times = [const { Vec::new() }; 3];
    let (mut differing, mut shape) = (0, None);
    let mut order = Order(0x9E37_79B9_7F4A_7C15);
    for number in 0..samples {
        for class in order.draw() {
            let body = (call.body)(&class.address(number));
            let begun = Instant::now();
            let answer = connection.post_json(call.path, &body).await.map_err(Error::Load)?;
            let took = begun.elapsed().as_secs_f64() * 1e6;
            if answer.status != call.status {
                return Err(Error::Service(format!("{} answered {} {}", call.name, answer.status, answer.body)));
            }
            let seen = without_ids(&answer.body);
            differing += u32::from(*shape.get_or_insert_with(|| seen.clone()) != seen);
            if let Some(times) = times.get_mut(class as usize) {
                times.push(took);
            }
        }
    }
    Ok(Row::new(call.name, &times, differing))
}

/// The body without what is different in every answer: identifiers, secrets, moments. All of them have digits, or are
/// as long as a token.
fn without_ids(body: &str) -> String {
    let words = body.split('"').map(|word| {
        let is_own = word.len() >= 43 || word.bytes().any(|byte| byte.is_ascii_digit());
        if is_own { format!("{}", word.len()) } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join("\"")
}

/// Draws orders of the classes (xorshift: nobody has to be unable to foresee them).
struct Order(u64);

impl Order {
    fn draw(&mut self) -> [Class; 3] {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let mut classes = Class::ALL;
        classes.swap(0, usize::from(u8::try_from(self.0 % 3).unwrap_or_default()));
        classes.swap(1, 1 + usize::from(u8::try_from((self.0 >> 32) % 2).unwrap_or_default()));
        classes
    }
}

/// One call's figures.
struct Row {
    call: &'static str,
    medians: [f64; 3],
    furthest: f64,
    between: [&'static str; 2],
    differing: u32,
}

impl Row {
    fn new(call: &'static str, times: &[Vec<f64>; 3], differing: u32) -> Self {
        let [unknown, pending, account] = times;
        let pairs = [
            (["unknown", "pending"], area(unknown, pending)),
            (["unknown", "account"], area(unknown, account)),
            (["pending", "account"], area(pending, account)),
        ];
        let distance = |pair: &([&'static str; 2], f64)| (pair.1 - 0.5).abs();
        let furthest = pairs.into_iter().max_by(|one, other| distance(one).total_cmp(&distance(other)));
        let (between, furthest) = furthest.map_or((["", ""], 0.0), |pair| (pair.0, distance(&pair)));
        let medians = [median(unknown), median(pending), median(account)];
        Self { call, medians, furthest, between, differing }
    }

    fn line(&self) -> String {
        let Self { call, medians: [unknown, pending, account], furthest, between: [one, other], differing } = self;
        format!(
            "| {call} | {unknown:.0} µs | {pending:.0} µs | {account:.0} µs | **{furthest:.3}** | {one}, {other} | {differing} |"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Order, Row, without_ids};

    #[test]
    fn every_turn_asks_about_every_class() {
        let mut order = Order(1);
        let drawn: Vec<_> = (0..200).map(|_| order.draw()).collect();
        assert!(drawn.iter().all(|turn| Class::ALL.iter().all(|class| turn.contains(class))));
        for class in Class::ALL {
            assert!((0..3).all(|place| drawn.iter().any(|turn| turn[place] == class)), "{class:?} is everywhere");
        }
    }

    #[test]
    fn an_answer_is_compared_without_its_unique_parts() {
        let answer = |id: &str, message: &str| format!(r#"{{"registration_id":"{id}","message":"{message}"}}"#);
        assert_eq!(without_ids(&answer("0192-a", "Look")), without_ids(&answer("0193-b", "Look")));
        assert_ne!(without_ids(&answer("0192-a", "Look")), without_ids(&answer("0192-a", "Taken")));
        assert_ne!(without_ids(&answer("0192-a", "Look")), without_ids(&answer("0192-ab", "Look")), "nor in length");
    }

    #[test]
    fn the_pair_that_differs_most_is_reported() {
        let fast: Vec<_> = (0..100).map(f64::from).collect();
        let slow: Vec<_> = (0..100).map(|time| f64::from(time) + 1_000.0).collect();
        let row = Row::new("sign in", &[fast.clone(), fast, slow], 0);
        assert!((row.furthest - 0.5).abs() < f64::EPSILON);
        assert_eq!(row.between[1], "account");
    }
}
