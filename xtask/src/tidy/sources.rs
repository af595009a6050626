//! What each crate may name in its sources.

use super::{
    rust_source::{Part, PathUse},
    tree::{RustFile, Violation, test_files},
};

/// A rule about the paths that some files may name.
struct Rule {
    /// The files it is about, by the start of their path; all when empty.
    within: &'static [&'static str],
    /// The files it is not about.
    except: &'static [&'static str],
    part: Part,
    forbidden: &'static [Forbidden],
    reason: &'static str,
}

#[derive(Clone, Copy)]
enum Forbidden {
    /// A crate, or any whose name goes on from there: `poem` is also `poem_openapi`.
    Crate(&'static str),
    /// A run of segments anywhere in a path, such as `std::fs` in `std::fs::read`.
    Path(&'static [&'static str]),
}

use Forbidden::{Crate, Path};

/// The one part of the core that reads the clock, randomness and files, and sets timers: behind the feature `system`.
const SYSTEM: &[&str] = &["account-core/src/system/"];

const RULES: &[Rule] = &[
    Rule {
        within: &["account-core/src/"],
        except: SYSTEM,
        part: Part::Production,
        forbidden: &[
            Path(&["std", "fs"]),
            // Addresses are values; sockets are not.
            Path(&["TcpListener"]),
            Path(&["TcpStream"]),
            Path(&["ToSocketAddrs"]),
            Path(&["UdpSocket"]),
            Path(&["std", "env"]),
            Path(&["SystemTime", "now"]),
            Path(&["Timestamp", "now"]),
            Path(&["Zoned", "now"]),
            Path(&["tokio", "time"]),
            Path(&["tokio", "fs"]),
            Path(&["tokio", "net"]),
            Crate("getrandom"),
            Crate("rand"),
        ],
        reason: "the core does no I/O and reads no clock, environment or randomness: it asks a port",
    },
    Rule {
        within: &["account-core/src/"],
        except: &["account-core/src/system/", "account-core/src/password/argon2/workers.rs"],
        part: Part::Production,
        forbidden: &[Path(&["Instant", "now"])],
        reason: "the core reads no clock; only the hashing workers measure how long a hash takes",
    },
    Rule {
        within: &["account-core/src/"],
        except: SYSTEM,
        part: Part::Everything,
        forbidden: &[Path(&["crate", "system"])],
        reason: "that is a feature: rules do without the system's clock, files and worker",
    },
    Rule {
        within: &[],
        except: &["account-store/"],
        part: Part::Everything,
        forbidden: &[Crate("sea_orm"), Crate("sea_query"), Crate("sqlx")],
        reason: "the database is account-store's alone",
    },
    Rule {
        within: &[],
        except: &["account-mail/"],
        part: Part::Everything,
        forbidden: &[Crate("lettre")],
        reason: "mail transport is account-mail's alone",
    },
    Rule {
        within: &[],
        except: &["account-http/", "tests/"],
        part: Part::Everything,
        forbidden: &[Crate("poem"), Crate("hyper"), Crate("reqwest")],
        reason: "HTTP is account-http's alone",
    },
    Rule {
        within: &["account-http/"],
        except: &["account-http/src/bin/"],
        part: Part::Everything,
        forbidden: &[Crate("account_store"), Crate("account_mail")],
        reason: "adapters meet only in the binary",
    },
    Rule {
        within: &["account-http/src/api", "account-http/src/dialect", "account-http/src/page"],
        except: &[],
        part: Part::Everything,
        forbidden: &[Path(&["outbound"])],
        reason: "what is served and what is called out to meet only in the binary",
    },
    Rule {
        within: &["account-http/src/dialect"],
        except: &[],
        part: Part::Production,
        forbidden: &[Path(&["account_core", "ports"]), Path(&["account_core", "testing"]), Path(&["UnitOfWork"])],
        reason: "a dialect is grammar over the use cases: it reaches no port and no store",
    },
];

/// The paths that break a rule.
pub(super) fn violations(files: &[RustFile<'_>]) -> Vec<Violation> {
    let tests = test_files(files);
    let is_exempt = |rule: &Rule, path: &str| rule.part == Part::Production && tests.iter().any(|test| test == path);
    let mut violations = Vec::new();
    for rule in RULES {
        for file in files.iter().filter(|file| rule.is_about(file.path) && !is_exempt(rule, file.path)) {
            for path in file.source.paths(rule.part) {
                if rule.forbids(&path) {
                    let message = format!("`{}`: {}", path.segments.join("::"), rule.reason);
                    violations.push(Violation::at(file.path, path.line, message));
                }
            }
        }
    }
    violations
}

impl Rule {
    fn is_about(&self, path: &str) -> bool {
        let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| path.starts_with(prefix));
        (self.within.is_empty() || starts(self.within)) && !starts(self.except)
    }

    fn forbids(&self, path: &PathUse) -> bool {
        self.forbidden.iter().any(|forbidden| forbidden.is_in(path))
    }
}

impl Forbidden {
    /// A lone segment is most often a variable or field, so only what is qualified counts; what is imported is.
    fn is_in(self, path: &PathUse) -> bool {
        let segments = path.segments.as_slice();
        segments.len() > 1
            && match self {
                Crate(name) => segments.first().is_some_and(|first| is_crate(first, name)),
                Path(run) => segments.windows(run.len()).any(|window| window == run),
            }
    }
}

fn is_crate(segment: &str, name: &str) -> bool {
    segment.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

#[cfg(test)]
mod tests {
    use super::violations;
    use crate::tidy::tree::Tree;

    /// How many places of one file break a rule.
    fn broken(path: &str, text: &str) -> usize {
        violations(&Tree::of(&[(path, text)]).rust_files().unwrap()).len()
    }

    #[test]
    fn only_the_cores_system_folder_uses_the_system() {
        let text = "use std::fs::File; fn f() { SystemTime::now(); getrandom::fill(b); }";
        assert_eq!(broken("account-core/src/system/clock.rs", text), 0);
        assert_eq!(broken("account-core/src/systems.rs", text), 3);
        assert_eq!(broken("account-core/src/session.rs", "use crate::system::SystemClock;"), 1);
    }

    #[test]
    fn the_core_reaches_nothing_outside() {
        for text in [
            "use std::{fmt, fs};",
            "fn f() { std::net::TcpStream::connect(a); }",
            "use std::net::{IpAddr, UdpSocket};",
            "fn f() { std::env::var(a); }",
            "fn f() { SystemTime::now(); }",
            "fn f() { std::time::Instant::now(); }",
            "fn f() { jiff::Timestamp::now(); }",
            "fn f() { getrandom::fill(b); }",
            "use tokio::{sync::Mutex, time};",
            "use tokio::fs::File;",
            "use tokio::net;",
        ] {
            assert_eq!(broken("account-core/src/account.rs", text), 1, "{text}");
        }
    }

    #[test]
    fn the_core_may_name_time_and_addresses_and_its_tests_may_read_files() {
        let text = "use std::{net::IpAddr, time::Duration}; #[cfg(test)] mod tests { use std::fs; }";
        assert_eq!(broken("account-core/src/account.rs", text), 0);
        assert_eq!(
            broken("account-core/examples/embed.rs", "use std::time::SystemTime; fn f() { SystemTime::now(); }"),
            0
        );
    }

    #[test]
    fn each_foreign_crate_has_one_home() {
        for (text, home) in [
            ("use sea_orm::Set;", "account-store/src/lib.rs"),
            ("use sea_orm_migration::prelude;", "account-store/src/migration.rs"),
            ("use sqlx::Row;", "account-store/src/lib.rs"),
            ("use lettre::Message;", "account-mail/src/smtp.rs"),
            ("use poem::Route;", "account-http/src/api.rs"),
            ("use poem_openapi::OpenApi;", "account-http/src/api.rs"),
        ] {
            assert_eq!(broken(home, text), 0, "{text}");
            assert_eq!(broken("account-core/src/lib.rs", text), 1, "{text}");
            assert_eq!(broken("xtask/src/main.rs", text), 1, "{text}");
        }
        assert_eq!(broken("tests/it/main.rs", "use poem::test::TestClient;"), 0);
        assert_eq!(broken("tests/it/main.rs", "use sea_orm::Set;"), 1);
    }

    #[test]
    fn a_crate_of_a_similar_name_is_another_crate() {
        assert_eq!(broken("account-core/src/lib.rs", "use poems::x; use random::y;"), 0);
    }

    #[test]
    fn the_service_library_does_not_know_its_adapters() {
        let text = "use account_store::SqlStore;";
        assert_eq!(broken("account-http/src/lib.rs", text), 1);
        assert_eq!(broken("account-http/src/bin/account-http/main.rs", text), 0);
    }

    #[test]
    fn what_is_served_does_not_call_out() {
        for path in
            ["account-http/src/api/registrations.rs", "account-http/src/dialect.rs", "account-http/src/page/verify.rs"]
        {
            assert_eq!(broken(path, "use crate::outbound::geo;"), 1, "{path}");
        }
        assert_eq!(broken("account-http/src/bin/account-http/main.rs", "use account_http::outbound;"), 0);
        assert_eq!(broken("account-http/src/api.rs", "fn f(outbound: u8) { outbound }"), 0);
    }

    #[test]
    fn a_file_that_exists_for_tests_only_is_a_test() {
        let text = "use account_core::testing::MemoryStore;";
        for (declared, expected) in [("#[cfg(test)] mod tests;", 0), ("mod tests;", 1)] {
            let tree =
                Tree::of(&[("account-http/src/dialect.rs", declared), ("account-http/src/dialect/tests.rs", text)]);
            assert_eq!(violations(&tree.rust_files().unwrap()).len(), expected, "{declared}");
        }
    }

    #[test]
    fn a_dialect_reaches_no_port() {
        for text in [
            "use account_core::{email_address::EmailAddress, ports::Store};",
            "use account_core::testing::MemoryStore;",
            "fn f(work: &dyn account_core::store::UnitOfWork) {}",
        ] {
            assert_eq!(broken("account-http/src/dialect/mikrocloud.rs", text), 1, "{text}");
        }
        let tests = "#[cfg(test)] mod tests { use account_core::testing::MemoryStore; }";
        assert_eq!(broken("account-http/src/dialect/mikrocloud.rs", tests), 0);
        assert_eq!(broken("account-http/src/dialect/mikrocloud.rs", "use account_core::registration::Register;"), 0);
    }
}
