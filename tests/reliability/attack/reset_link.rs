//! `cargo xtask attack reset-link`: one reset link is sent again and again, with a password that the account has.

use account_store::testing::Engine;
use account_tests::Service;
use account_tests::people::PASSWORD;
use futures_util::stream;
use serde_json::json;
use tokio::time::sleep;

use super::flood::{self, BELIEVED, Request, network};
use super::others::{self, BEFORE, import, sign_in_during};
use super::pace::Pace;
use crate::place::{self, Database};
use crate::report::Report;
use crate::table::{Cell, Table};
use crate::tell::tell;

const CONNECTIONS: usize = 10;
/// How often one link may be tried in an hour (`limits.reset_tries`).
const TRIES: u32 = 10;
const VICTIM: &str = "victim@example.org";
const REDEEM: &str = "/account/v1/password-resets/redeem";

/// Runs it, on an embedded database and on a server.
pub(super) async fn run(pace: Pace) -> Report {
    let columns = ["database", "attacker's answers", "passwords that were compared (10 or fewer)"];
    let columns = columns.into_iter().chain(others::COLUMNS).chain(["answer to the owner's next link (200)"]);
    let mut table = Table::new(columns);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let name = place::name(engine);
        table.row(name, one(engine, pace, name).await);
        tell(format_args!("{name}: done"));
    }
    Report { title: "One reset link, each time from another network".to_owned(), table, notes: Vec::new() }
}

async fn one(engine: Engine, pace: Pace, name: &str) -> [Cell; 6] {
    let database = Database::of(engine).await;
    let mut service = place::service_with_mail_files(&database, &[BELIEVED]);
    service.launch().await;
    import(&service, &[VICTIM.to_owned()]).await;
    others::settle(&service).await;
    let ((), before) = sign_in_during(&service, sleep(BEFORE)).await;

    let link = next_link(&service).await;
    let token = link.clone();
    let tries = (0..pace.attempts).map(move |number| redemption(&token, PASSWORD, network(10, number)));
    let attack = flood::send(service.port(), CONNECTIONS, stream::iter(tries));
    let (answers, during) = sign_in_during(&service, flood::answers(attack)).await;
    let compared = answers.with(422);
    let [succeeded, before, during] = others::judge(name, &before, &during);

    let other = next_link(&service).await;
    assert_ne!(other, link, "each mail has a link of its own");
    let redeemed = redemption(&other, "another fine passphrase", network(11, 0)).send(service.port()).await;
    [
        Cell::told(answers),
        Cell::judged(compared, (1..=TRIES).contains(&compared)),
        succeeded,
        before,
        during,
        Cell::judged(redeemed, redeemed == 200),
    ]
}

fn redemption(token: &str, password: &str, from: String) -> Request {
    Request { path: REDEEM, body: json!({"token": token, "new_password": password}), from }
}

/// Asks for a reset, and returns the token of the link that is mailed.
async fn next_link(service: &Service) -> String {
    let before = service.mails().len();
    let reply = service.post("/account/v1/password-resets", &json!({"email": VICTIM}).to_string()).await;
    assert_eq!(reply.status, 202, "{}", reply.body);
    let mails = service.wait_for_mails(before + 1).await;
    let token = mails.last().and_then(|mail| mail.split_once("/l/reset/")?.1.get(..43));
    token.expect("a mail with a link").to_owned()
}
