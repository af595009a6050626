//! Whether the time of an answer tells whose address it was about: an unknown one, one with a pending registration, or
//! an account's.
//!
//! One connection asks one thing after another, as anyone who wants to know would, about addresses of the three classes
//! in random order. The area under the ROC curve is the chance that an answer of one class took longer than one of
//! another; 0.5 tells nothing.

mod roc;

use std::{
    env,
    fs::File,
    io::Write as _,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    time::Instant,
};

use tempfile::TempDir;

use crate::{
    error::Error,
    machine::Machine,
    process,
    say::say,
    workspace::{Profile, Workspace},
};

use super::{
    connection::{Answer, Connection},
    service::Service,
    statistics::median,
};
use roc::area;

const UNLIMITED: [(&str, &str); 2] = [("ACCOUNT_LIMITS__RESETS", "off"), ("ACCOUNT_LIMITS__RESETS_PER_DAY", "off")];

/// How the service answers while it is measured.
struct Situation {
    name: &'static str,
    settings: &'static [(&'static str, &'static str)],
    /// The hash of a password of the accounts, with the parameters of the settings.
    hash: &'static str,
    calls: &'static [Call],
    is_limited: bool,
}

const SITUATIONS: [Situation; 3] = [
    // What differs beside a hash must not hide behind it.
    Situation { name: "cheapest hash", settings: &CHEAP, hash: CHEAP_HASH, calls: &CALLS, is_limited: false },
    Situation { name: "default hash", settings: &[], hash: DEFAULT_HASH, calls: &HASHING_CALLS, is_limited: false },
    Situation { name: "limited", settings: &LIMITED, hash: CHEAP_HASH, calls: &CALLS, is_limited: true },
];

const CHEAP_HASH: &str =
    "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$LcJStt0jsrn5TESOG8mYYN1NnR+iKfFreXvJW7cgjAM";
const DEFAULT_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$LcJStt0jsrn5TESOG8mYYN1NnR+iKfFreXvJW7cgjAM";
const CHEAP: [(&str, &str); 2] = [("ACCOUNT_HASHING__MEMORY_KIB", "64"), ("ACCOUNT_HASHING__ITERATIONS", "1")];
/// A client that has asked once is limited for the rest of the day.
const LIMITED: [(&str, &str); 8] = [
    ("ACCOUNT_HASHING__MEMORY_KIB", "64"),
    ("ACCOUNT_HASHING__ITERATIONS", "1"),
    ("ACCOUNT_HTTP__TRUSTED_PROXIES", "127.0.0.1/32"),
    ("ACCOUNT_LIMITS__REGISTRATIONS", "1/day"),
    ("ACCOUNT_LIMITS__SIGN_INS", "1/day"),
    ("ACCOUNT_LIMITS__RESEND", "1/day"),
    ("ACCOUNT_LIMITS__RESETS", "1/day"),
    ("ACCOUNT_LIMITS__MAIL_REQUESTS", "off"),
];

/// Addresses of each class that there is something about; each is asked about again and again.
const POOL: u32 = 500;
/// Unknown addresses of each call, at least as many as there can be samples.
const FURTHER: usize = 1_000_000;
/// Furthest that the area may be from 0.5.
const BOUND: f64 = 0.02;
/// Attempts after which each address is limited, those of a network that has not asked for long included.
const ATTEMPTS: u32 = 4;
const LIMITED_STATUS: u16 = 429;

/// How much.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Answers of each class, for each call.
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    samples: u32,
    /// The same where each answer takes a hash of the default cost.
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    hashed_samples: u32,
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
        format!("{}-{number:08}@example.org", self.name())
    }
}

/// The client network that asks about the addresses of that number.
fn network(number: u32) -> Ipv4Addr {
    let [_, _, high, low] = (number % POOL).to_be_bytes();
    Ipv4Addr::new(100, 64 + high, low, 1)
}

/// What a stranger can ask about an address.
struct Call {
    name: &'static str,
    path: &'static str,
    body: fn(&str) -> String,
    status: u16,
}

const REGISTER: Call = Call { name: "register", path: "/account/v1/registrations", body: credentials, status: 202 };
const SIGN_IN: Call = Call { name: "sign in", path: "/account/v1/sessions", body: credentials, status: 401 };
const HASHING_CALLS: [Call; 2] = [REGISTER, SIGN_IN];
const CALLS: [Call; 4] = [
    REGISTER,
    SIGN_IN,
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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Load)?;
    let mut rows = Vec::new();
    for situation in &SITUATIONS {
        let mut service = situation.prepare(&binary)?;
        service.serve(&binary)?;
        rows.extend(runtime.block_on(async {
            service.wait_until_ready().await?;
            situation.measure(service.address(), options).await
        })?);
        service.stop()?;
    }
    let Options { samples, hashed_samples } = options;
    let command = format!("cargo xtask bench enumeration --samples {samples} --hashed-samples {hashed_samples}");
    say(format_args!("\nCommand: `{command}`\n"));
    say(format_args!("Machine: {}\n", Machine::describe(workspace)));
    say(format_args!(
        "| answers | call | median: unknown | pending | account | largest distance from 0.5 | between | differing |"
    ));
    say(format_args!("|---|---|---|---|---|---|---|---|"));
    for row in &rows {
        say(format_args!("{}", row.line()));
    }
    let is_missed = |row: &&Row| row.furthest > BOUND || row.differing > 0;
    match rows.iter().find(is_missed) {
        Some(row) => Err(Error::Service(format!("`{}` ({}) tells addresses apart", row.call, row.situation))),
        None => Ok(()),
    }
}

fn write_accounts(file: &Path, hash: &str) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(File::create(file)?);
    for number in 0..POOL {
        let address = Class::Account.address(number);
        writeln!(out, r#"{{"email":"{address}","verified":true,"name":"Somebody","password_hash":"{hash}"}}"#)?;
    }
    out.flush()
}

impl Situation {
    /// A service that has the accounts and is not started.
    fn prepare(&self, binary: &Path) -> Result<Service, Error> {
        let folder = TempDir::new().map_err(Error::write(env::temp_dir()))?;
        let file = folder.path().join("accounts.jsonl");
        write_accounts(&file, self.hash).map_err(Error::write(&file))?;
        let mut service = Service::prepare()?;
        service.set(UNLIMITED);
        service.set(self.settings.iter().copied());
        process::run(service.command(binary).arg("import").arg(&file))?;
        Ok(service)
    }

    /// The rows of all its calls.
    async fn measure(&self, address: SocketAddr, options: &Options) -> Result<Vec<Row>, Error> {
        let mut connection = Connection::open(address).await.map_err(Error::Load)?;
        for number in 0..POOL {
            let body = credentials(&Class::Pending.address(number));
            ask(&mut connection, &REGISTER, &body, number).await?;
        }
        let mut rows = Vec::new();
        for (call, first) in self.calls.iter().zip((POOL..).step_by(FURTHER)) {
            if self.is_limited {
                use_up(&mut connection, call).await?;
            }
            let row = self.measure_call(&mut connection, call, first, options).await?;
            say(format_args!("{}", row.line()));
            rows.push(row);
        }
        Ok(rows)
    }

    /// Asks about every class in turn, in an order that is drawn for each turn. Unknown addresses have numbers from the
    /// first on that nobody has asked about, lest an earlier call has registered them.
    async fn measure_call(
        &self,
        connection: &mut Connection,
        call: &Call,
        first: u32,
        options: &Options,
    ) -> Result<Row, Error> {
        let samples = if self.hash == DEFAULT_HASH { options.hashed_samples } else { options.samples };
        let mut times = [const { Vec::new() }; 3];
        let (mut differing, mut shape) = (0, None);
        let mut order = Order(0x9E37_79B9_7F4A_7C15);
        for number in 0..samples {
            for class in order.draw() {
                let is_new = matches!(class, Class::Unknown) && !self.is_limited;
                let body = (call.body)(&class.address(if is_new { first + number } else { number % POOL }));
                let begun = Instant::now();
                let answer = ask(connection, call, &body, number).await?;
                let took = begun.elapsed().as_secs_f64() * 1e6;
                if answer.status != if self.is_limited { LIMITED_STATUS } else { call.status } {
                    return Err(Error::Service(format!("{} answered {} {}", call.name, answer.status, answer.body)));
                }
                let seen = without_ids(&answer.body);
                differing += u32::from(*shape.get_or_insert_with(|| seen.clone()) != seen);
                if let Some(times) = times.get_mut(class as usize) {
                    times.push(took);
                }
            }
        }
        Ok(Row::new(self.name, call.name, &times, differing))
    }
}

async fn ask(connection: &mut Connection, call: &Call, body: &str, number: u32) -> Result<Answer, Error> {
    connection.post_json_from(call.path, body, network(number)).await.map_err(Error::Load)
}

/// Asks about every address until the answer is that there were too many requests.
async fn use_up(connection: &mut Connection, call: &Call) -> Result<(), Error> {
    for number in 0..POOL {
        for class in Class::ALL {
            let body = (call.body)(&class.address(number));
            let mut is_limited = false;
            for _ in 0..ATTEMPTS {
                is_limited |= ask(connection, call, &body, number).await?.status == LIMITED_STATUS;
            }
            if !is_limited {
                return Err(Error::Service(format!("{} has no limit for {}", call.name, class.name())));
            }
        }
    }
    Ok(())
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
    situation: &'static str,
    call: &'static str,
    medians: [f64; 3],
    furthest: f64,
    between: [&'static str; 2],
    differing: u32,
}

impl Row {
    fn new(situation: &'static str, call: &'static str, times: &[Vec<f64>; 3], differing: u32) -> Self {
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
        Self { situation, call, medians, furthest, between, differing }
    }

    fn line(&self) -> String {
        let Self { situation, call, medians: [unknown, pending, account], furthest, between: [one, other], differing } =
            self;
        format!(
            "| {situation} | {call} | {unknown:.0} µs | {pending:.0} µs | {account:.0} µs | **{furthest:.3}** | {one}, {other} | {differing} |"
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
        let row = Row::new("limited", "sign in", &[fast.clone(), fast, slow], 0);
        assert!((row.furthest - 0.5).abs() < f64::EPSILON);
        assert_eq!(row.between[1], "account");
    }
}
