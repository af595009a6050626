//! A MariaDB Galera cluster of three nodes with a service at each; one node after the other is killed, and joins again.

use std::time::{Duration, Instant};

use account_store::testing::{GaleraCluster, TcpSwitch};
use account_tests::{Service, SmtpServer};
use tokio::time::sleep;

use super::figures::{Figures, SETTINGS, Seen, summary};
use super::outage::Outages;
use super::people::People;
use super::sign_out::{self, SignOuts, count_of};
use crate::aftermath;
use crate::place;
use crate::report::Report;
use crate::tell::tell;

/// How long everything works before a node is lost.
const CALM: Duration = Duration::from_secs(1);

/// The cluster, and the services at its nodes, each by a name that can move.
struct SetUp {
    cluster: GaleraCluster,
    switches: Vec<TcpSwitch>,
    services: Vec<Service>,
}

/// How long it took in each round.
#[derive(Default)]
struct Times {
    /// From the loss of a node until another one took writes.
    stalls: Vec<Option<Duration>>,
    /// From there to the first registration at the services of the other nodes.
    others: Vec<Option<Duration>>,
    /// The same at the service of the lost node, whose name has moved to another one.
    moved: Vec<Option<Duration>>,
    /// From when the lost node took writes again to the first registration at its service, whose name leads to it.
    rejoined: Vec<Option<Duration>>,
    /// Transactions that one node aborted in favor of another.
    conflicts: u64,
}

/// Kills a node in each round.
pub(super) async fn run(rounds: u32, sign_outs: u32) -> Report {
    let mail_server = SmtpServer::start();
    let mut set_up = SetUp::start(&mail_server).await;
    let (people, mut outages, mut times) = (People::default(), Outages::default(), Times::default());
    let ports: Vec<_> = set_up.services.iter().map(Service::port).collect();
    let mut last = Instant::now();
    let losses = async {
        let signed_out = sign_out::run(&set_up.services, sign_outs).await;
        for round in 0..rounds {
            sleep(CALM).await;
            set_up.lose_one(round, &people, &mut outages, &mut times).await;
            last = Instant::now();
            let (number, all, rejoined) = (round + 1, rounds, times.rejoined.last().copied().flatten());
            tell(format_args!("round {number} of {all}: the node joined again, first registration after {rejoined:?}"));
        }
        sleep(CALM).await;
        people.crowd.end();
        signed_out
    };
    let ((), signed_out) = futures_util::join!(people.register(&ports), losses);
    for node in 0..set_up.cluster.nodes() {
        times.conflicts += set_up.cluster.conflicts(node).await;
    }
    let (people, answers) = people.close();
    let [first, ..] = set_up.services.as_mut_slice() else { unreachable!("three services") };
    let store = first.open_store().await;
    let aftermath = aftermath::look(&store, &mail_server, first.port(), &answers, last).await;
    store.close().await.expect("the database closes");
    for service in &mut set_up.services {
        service.stop().await;
    }
    report(rounds, &times, &signed_out, &Seen { people, outages, answers, aftermath })
}

impl SetUp {
    async fn start(mail_server: &SmtpServer) -> Self {
        let cluster = GaleraCluster::start().await;
        let (mut switches, mut services) = (Vec::new(), Vec::new());
        for node in 0..cluster.nodes() {
            let switch = TcpSwitch::to(cluster.socket(node)).await.expect("a port");
            let url = GaleraCluster::url_at(switch.port());
            let settings = [SETTINGS, sign_out::NO_LIMITS].concat();
            let mut service = place::service_at(&url, mail_server, &settings);
            // All of them create the schema.
            service.launch_process();
            services.push(service);
            switches.push(switch);
        }
        for service in &mut services {
            service.wait_until_ready().await;
        }
        Self { cluster, switches, services }
    }

    /// Kills a node, and starts it again. In every second round, the name that its service knows moves to another node
    /// meanwhile.
    async fn lose_one(&mut self, round: u32, people: &People, outages: &mut Outages, times: &mut Times) {
        let nodes = self.cluster.nodes();
        let node = usize::try_from(round).unwrap_or_default() % nodes;
        let (next, other) = ((node + 1) % nodes, (node + 2) % nodes);
        let moves = round.is_multiple_of(2);
        times.conflicts += self.cluster.conflicts(node).await;
        let lost = Instant::now();
        self.cluster.kill(node);
        self.cluster.until_writable(next).await;
        self.cluster.until_writable(other).await;
        let writable = Instant::now();
        times.stalls.push(Some(writable - lost));
        if moves {
            self.lead(node, next);
            outages.note(node, lost, writable);
            times.moved.push(people.first_after(node, writable).await);
        }
        for service in [next, other] {
            outages.note(service, lost, writable);
            times.others.push(people.first_after(service, writable).await);
        }
        self.cluster.start_again(node);
        self.cluster.until_writable(node).await;
        let writable = Instant::now();
        // Who comes by a name that moves back has to connect again, which is an outage too.
        outages.note(node, if moves { writable } else { lost }, writable);
        self.lead(node, node);
        times.rejoined.push(people.first_after(node, writable).await);
    }

    /// Lets the name that a service knows lead to that node.
    fn lead(&self, service: usize, node: usize) {
        if let Some(switch) = self.switches.get(service) {
            switch.move_to(self.cluster.socket(node));
            switch.cut();
        }
    }
}

fn report(rounds: u32, times: &Times, sign_outs: &SignOuts, seen: &Seen) -> Report {
    let mut figures = Figures::of("MariaDB Galera");
    figures.told("nodes killed (SIGKILL), which joined again", rounds);
    figures.told("node lost to the others take writes, median / longest", summary(&times.stalls));
    figures.recoveries("others take writes to first 202 at their services", &times.others);
    figures.recoveries("others take writes to first 202 at the lost node's service, if its name moved", &times.moved);
    figures.recoveries("lost node takes writes again to first 202 at its service", &times.rejoined);
    figures.judged(
        "transactions aborted because another node had written the same rows",
        "at least 1",
        times.conflicts,
        times.conflicts > 0,
    );
    figures.of_everybody(seen, rounds);
    let (done, wanted) = (count_of(&sign_outs.done), sign_outs.wanted);
    figures.judged("signed out on one node, checked on another", &wanted.to_string(), done, done == wanted);
    let stale = count_of(&sign_outs.stale);
    figures.judged("of these still signed in there", "0", stale, stale == 0);
    let late = count_of(&sign_outs.late);
    figures.judged("signed in on one node, but not yet on another", "0", late, late == 0);
    let title = "A node of a MariaDB Galera cluster is killed, and joins again".to_owned();
    Report { title, table: figures.into_table(), notes: Vec::new() }
}
