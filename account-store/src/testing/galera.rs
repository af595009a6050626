//! A cluster of three MariaDB servers that replicate by Galera.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fs, io};

use tokio::task::block_in_place;
use tokio::time::{sleep, timeout};

use super::mariadb;
use super::program::{ask, run};
use super::server::{Preparation, Server};

/// The number of nodes: the fewest of which one can be lost.
const NODES: usize = 3;
/// How long the cluster may take for anything.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a statement may take before it is run again.
const ATTEMPT: Duration = Duration::from_secs(5);
/// Where programs of this kind look for a library.
const PROVIDERS: [&str; 3] =
    ["/usr/lib/galera/libgalera_smm.so", "/usr/lib64/galera-4/libgalera_smm.so", "/usr/lib64/galera/libgalera_smm.so"];
/// Ports that no outgoing connection takes while a node is away: Linux takes those from 32,768 on.
const PORTS: std::ops::Range<u16> = 20_000..32_000;
/// A lost node is noticed after one second in place of five: how long the others wait for it is Galera's matter.
const TIMES: &str = "evs.suspect_timeout=PT1S;evs.inactive_timeout=PT3S;evs.keepalive_period=PT0.3S;\
                     evs.inactive_check_period=PT0.3S";

/// Three nodes in memory, each of which can be killed and started again. They listen on sockets in their directories, and
/// talk to each other at ports of this machine. They are stopped and deleted when the process that started them ends,
/// however it ends.
#[derive(Debug)]
pub struct GaleraCluster {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    preparation: Preparation,
    options: Vec<String>,
    running: Option<Server>,
}

impl GaleraCluster {
    /// Starts all nodes, with an empty database named `account`. Panics if that fails.
    pub async fn start() -> Self {
        let mut cluster = Self::prepare().unwrap_or_else(|error| panic!("no Galera cluster: {error}"));
        // The others begin with the files of the first, because copying a running node takes longer.
        cluster.launch(0, &["--wsrep-new-cluster"]);
        for statement in [
            "CREATE DATABASE account",
            "CREATE DATABASE probe",
            "CREATE TABLE probe.writes (node BIGINT NOT NULL PRIMARY KEY, number BIGINT NOT NULL)",
            "INSERT INTO probe.writes VALUES (0, 0), (1, 0), (2, 0)",
        ] {
            cluster.run_in_the_end(0, statement).await;
        }
        cluster.stop(0, "TERM");
        cluster.copy_first().unwrap_or_else(|error| panic!("no further nodes: {error}"));
        cluster.launch(0, &["--wsrep-new-cluster"]);
        cluster.until_writable(0).await;
        for node in 1..NODES {
            cluster.launch(node, &[]);
            cluster.until_writable(node).await;
        }
        cluster
    }

    fn prepare() -> io::Result<Self> {
        let ports = free_ports(3 * NODES)?;
        let ports: Vec<&[u16]> = ports.chunks(3).collect();
        let members: Vec<String> =
            ports.iter().filter_map(|of_node| of_node.first()).map(|port| format!("127.0.0.1:{port}")).collect();
        let provider = PROVIDERS.iter().find(|path| Path::new(path).exists());
        let provider = provider.ok_or_else(|| io::Error::other("libgalera_smm.so is absent: install galera-4"))?;
        let mut nodes = Vec::new();
        for of_node in ports {
            let [group, increments, state] = of_node else { continue };
            let preparation = Preparation::new("galera", "mysql")?;
            let options = [
                "--wsrep-on=ON".to_owned(),
                format!("--wsrep-provider={provider}"),
                "--wsrep-cluster-name=account".to_owned(),
                format!("--wsrep-cluster-address=gcomm://{}", members.join(",")),
                "--wsrep-node-address=127.0.0.1".to_owned(),
                format!("--wsrep-sst-receive-address=127.0.0.1:{state}"),
                "--wsrep-sst-method=rsync".to_owned(),
                format!(
                    "--wsrep-provider-options=base_port={group};gmcast.listen_addr=tcp://127.0.0.1:{group};\
                     ist.recv_addr=127.0.0.1:{increments};gcache.size=64M;pc.recovery=false;{TIMES}"
                ),
                // What Galera requires.
                "--binlog-format=ROW".to_owned(),
                "--innodb-autoinc-lock-mode=2".to_owned(),
                // As durable as where it matters.
                "--innodb-flush-log-at-trx-commit=1".to_owned(),
                "--innodb-log-file-size=32M".to_owned(),
            ];
            nodes.push(Node { preparation, options: options.to_vec(), running: None });
        }
        let cluster = Self { nodes };
        mariadb::install(&cluster.node(0).preparation)?;
        Ok(cluster)
    }

    fn copy_first(&self) -> io::Result<()> {
        let from = self.node(0).preparation.directory.join("data");
        for node in self.nodes.iter().skip(1) {
            let to = node.preparation.directory.join("data");
            node.preparation.run(Path::new("cp"), [Path::new("-a"), &from, &to])?;
            // What a node has of the others' latest changes is its own.
            fs::remove_file(to.join("galera.cache"))?;
        }
        Ok(())
    }

    /// Returns the number of nodes.
    #[must_use]
    pub const fn nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Returns the socket of a node.
    #[must_use]
    pub fn socket(&self, node: usize) -> PathBuf {
        self.node(node).preparation.directory.join("socket")
    }

    /// Returns the URL of the empty database at a node, for `StoreOptions`.
    #[must_use]
    pub fn url(&self, node: usize) -> String {
        self.url_of(node, "account")
    }

    /// Returns the URL of that database at a port of this machine that leads to the socket of a node.
    #[must_use]
    pub fn url_at(port: u16) -> String {
        format!("mysql://root@127.0.0.1:{port}/account")
    }

    /// Kills a node.
    pub fn kill(&mut self, node: usize) {
        self.stop(node, "KILL");
    }

    /// Starts a node again that was killed, and returns when it accepts connections. Panics if that fails.
    pub fn start_again(&mut self, node: usize) {
        let position = self.node(node).recovered_position();
        let position = position.unwrap_or_else(|error| panic!("node {node} cannot recover: {error}"));
        self.launch(node, &[&format!("--wsrep-start-position={position}")]);
    }

    /// Returns when a node takes writes. Panics if that takes too long.
    pub async fn until_writable(&self, node: usize) {
        self.run_in_the_end(node, &format!("UPDATE probe.writes SET number = number + 1 WHERE node = {node}")).await;
    }

    /// Returns how many transactions a node has aborted since it was started, because another node had written the same
    /// rows first. Panics if it does not answer.
    pub async fn conflicts(&self, node: usize) -> u64 {
        let query = "SELECT CAST(SUM(variable_value) AS SIGNED) FROM information_schema.global_status \
                     WHERE variable_name IN ('wsrep_local_cert_failures', 'wsrep_local_bf_aborts')";
        let count = ask(&self.url_of(node, "mysql"), query).await;
        let count = count.unwrap_or_else(|error| panic!("node {node} does not answer: {error}"));
        count.unsigned_abs()
    }

    /// Runs a statement at a node.
    #[cfg(test)]
    pub(crate) async fn run(&self, node: usize, statement: &str) -> Result<(), sea_orm::DbErr> {
        run(&self.url_of(node, "mysql"), statement).await
    }

    async fn run_in_the_end(&self, node: usize, statement: &str) {
        let begun = Instant::now();
        // A node that misses another one keeps writes waiting, or refuses them.
        while !matches!(timeout(ATTEMPT, run(&self.url_of(node, "mysql"), statement)).await, Ok(Ok(()))) {
            assert!(begun.elapsed() < PATIENCE, "node {node} takes no writes; its log: {}", self.node(node).log());
            sleep(Duration::from_millis(20)).await;
        }
    }

    fn launch(&mut self, node: usize, further: &[&str]) {
        let Some(node) = self.nodes.get_mut(node) else { panic!("there is no such node") };
        assert!(node.running.is_none(), "it is running");
        let arguments = node.arguments(further);
        let started = block_in_place(|| node.preparation.start(&mariadb::program(), arguments, "KILL", "socket"));
        node.running = Some(started.unwrap_or_else(|error| panic!("a node does not start: {error}")));
    }

    fn stop(&mut self, node: usize, signal: &str) {
        let Some(server) = self.nodes.get_mut(node).and_then(|node| node.running.take()) else { return };
        block_in_place(|| server.stop(signal)).unwrap_or_else(|error| panic!("a node does not stop: {error}"));
    }

    fn node(&self, node: usize) -> &Node {
        self.nodes.get(node).unwrap_or_else(|| panic!("there is no such node"))
    }

    fn url_of(&self, node: usize, database: &str) -> String {
        let socket = self.socket(node).to_string_lossy().replace('/', "%2F");
        format!("mysql://root@localhost/{database}?socket={socket}")
    }
}

impl Drop for GaleraCluster {
    fn drop(&mut self) {
        for node in &mut self.nodes {
            if let Some(server) = node.running.take() {
                drop(server.stop("KILL"));
            }
            drop(fs::remove_dir_all(&node.preparation.directory));
        }
    }
}

impl Node {
    fn arguments(&self, further: &[&str]) -> Vec<String> {
        let options: Vec<_> = self.options.iter().cloned().chain(further.iter().map(|&option| option.into())).collect();
        mariadb::arguments(&self.preparation, &options)
    }

    /// Returns what the node has of the cluster's changes, as `galera_recovery` finds it: without that, it would get a
    /// copy of all data.
    fn recovered_position(&self) -> io::Result<String> {
        let log = self.preparation.directory.join("recovered.err");
        if log.exists() {
            fs::remove_file(&log)?;
        }
        let arguments = self.arguments(&["--wsrep-recover", &format!("--log-error={}", log.display())]);
        block_in_place(|| self.preparation.run(&mariadb::program(), arguments))?;
        let log = fs::read_to_string(&log)?;
        let position = log.lines().filter_map(|line| line.split_once("Recovered position:")).next_back();
        let (_, position) = position.ok_or_else(|| io::Error::other(log.clone()))?;
        Ok(position.trim().to_owned())
    }

    fn log(&self) -> String {
        fs::read_to_string(self.preparation.directory.join("log")).unwrap_or_default()
    }
}

/// Returns ports that are free now. Clusters of one process never get the same.
fn free_ports(count: usize) -> io::Result<Vec<u16>> {
    static TAKEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    // Other processes begin elsewhere.
    let offset = usize::try_from(std::process::id()).unwrap_or_default() * 64 % PORTS.len();
    let ports = PORTS.skip(offset).chain(PORTS.take(offset));
    let is_free = |port: &u16| !taken.contains(port) && TcpListener::bind(("127.0.0.1", *port)).is_ok();
    let free: Vec<u16> = ports.filter(is_free).take(count).collect();
    taken.extend(&free);
    if free.len() == count { Ok(free) } else { Err(io::Error::other("there are too few free ports")) }
}
