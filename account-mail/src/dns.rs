//! DNS queries (RFC 1035, RFC 6891), just enough for what emails need: no cache, no validation.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use ring::rand::{SecureRandom, SystemRandom};
use simple_dns::rdata::{OPT, RData};
use simple_dns::{CLASS, Name, Packet, PacketFlag, Question, RCODE, TYPE};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

/// Time for one server to answer once.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often each server is asked: a datagram may get lost.
const TRIES: usize = 2;

/// Most bytes of an answer by UDP: what passes everywhere (DNS Flag Day 2020).
const UDP_BYTES: u16 = 1232;

const PORT: u16 = 53;

/// Length of a message's header in bytes.
const HEADER: usize = 12;

/// The bit of its third byte that tells a response from a query.
const RESPONSE: u8 = 0x80;

/// Recursive name servers to query, one after the other until one answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DnsServers(Vec<SocketAddr>);

/// Why something about a name is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LookupError {
    #[error("the system has no DNS server configured")]
    NoServer,
    #[error("not a valid DNS name")]
    Name,
    #[error("the DNS server {0} did not answer")]
    Silence(SocketAddr),
    #[error("the DNS server {0} failed ({1})")]
    Refusal(SocketAddr, String),
}

impl DnsServers {
    /// Uses these servers.
    #[must_use]
    pub const fn new(servers: Vec<SocketAddr>) -> Self {
        Self(servers)
    }

    /// Uses the servers of this system, from `/etc/resolv.conf`; none if there is no such file.
    #[must_use]
    pub fn of_system() -> Self {
        Self::of_file(&std::fs::read_to_string(Path::new("/etc/resolv.conf")).unwrap_or_default())
    }

    fn of_file(text: &str) -> Self {
        let servers = text.lines().filter_map(|line| {
            let mut words = line.split_ascii_whitespace();
            let address = if words.next()? == "nameserver" { words.next()? } else { return None };
            // The interface behind a link-local address is nothing that parses.
            let address: IpAddr = address.split('%').next()?.parse().ok()?;
            Some(SocketAddr::new(address, PORT))
        });
        Self(servers.collect())
    }

    /// The TXT records of a name, each as one text; none when there is no such name.
    pub(crate) async fn texts(&self, name: &str) -> Result<Vec<String>, LookupError> {
        self.lookup(name, TYPE::TXT, |data| match data {
            RData::TXT(text) => String::try_from(text.clone()).ok(),
            _ => None,
        })
        .await
    }

    /// The mail servers of a name. The root (an empty name) says that it takes no email (RFC 7505).
    pub(crate) async fn mail_exchanges(&self, name: &str) -> Result<Vec<String>, LookupError> {
        self.lookup(name, TYPE::MX, |data| match data {
            RData::MX(exchange) => Some(exchange.exchange.to_string()),
            _ => None,
        })
        .await
    }

    /// Whether the name takes email: by its mail servers or, without any, by having an address (RFC 5321, 5.1).
    pub(crate) async fn takes_mail(&self, name: &str) -> Result<bool, LookupError> {
        let servers = self.mail_exchanges(name).await?;
        if servers.is_empty() {
            return self.has_address(name).await;
        }
        Ok(servers.iter().any(|server| !server.trim_matches('.').is_empty()))
    }

    /// Whether the name has an address.
    pub(crate) async fn has_address(&self, name: &str) -> Result<bool, LookupError> {
        let of_kind = |kind| self.lookup(name, kind, |data| matches!(data, RData::A(_) | RData::AAAA(_)).then_some(()));
        Ok(!of_kind(TYPE::A).await?.is_empty() || !of_kind(TYPE::AAAA).await?.is_empty())
    }

    async fn lookup<T>(
        &self,
        name: &str,
        kind: TYPE,
        read: impl Fn(&RData<'_>) -> Option<T>,
    ) -> Result<Vec<T>, LookupError> {
        let mut failure = LookupError::NoServer;
        for server in self.0.iter().copied().cycle().take(self.0.len() * TRIES) {
            let query = query(identifier(), name, kind).ok_or(LookupError::Name)?;
            let Some(bytes) = ask(server, &query).await else {
                failure = LookupError::Silence(server);
                continue;
            };
            let Ok(answer) = Packet::parse(&bytes) else {
                failure = LookupError::Refusal(server, "its answer cannot be read".to_owned());
                continue;
            };
            match answer.rcode() {
                RCODE::NoError => return Ok(answer.answers.iter().filter_map(|record| read(&record.rdata)).collect()),
                RCODE::NameError => return Ok(Vec::new()),
                code => failure = LookupError::Refusal(server, format!("{code:?}")),
            }
        }
        Err(failure)
    }
}

/// One question.
fn query(id: u16, name: &str, kind: TYPE) -> Option<Vec<u8>> {
    let mut packet = Packet::new_query(id);
    packet.set_flags(PacketFlag::RECURSION_DESIRED);
    packet.questions.push(Question::new(Name::new(name).ok()?, kind.into(), CLASS::IN.into(), false));
    *packet.opt_mut() = Some(OPT { opt_codes: Vec::new(), udp_packet_size: UDP_BYTES, version: 0 });
    packet.build_bytes_vec().ok()
}

/// The answer to it: by UDP, and by TCP if it is too long for that.
async fn ask(server: SocketAddr, query: &[u8]) -> Option<Vec<u8>> {
    let answer = timeout(PATIENCE, by_udp(server, query)).await.ok()??;
    let is_cut = Packet::parse(&answer).map_or(true, |packet| packet.has_flags(PacketFlag::TRUNCATION));
    if is_cut { timeout(PATIENCE, by_tcp(server, query)).await.ok()? } else { Some(answer) }
}

/// Whether a message answers this query: with its id, as a response, to its question (RFC 5452, 9.1).
fn answers(message: &[u8], query: &[u8]) -> bool {
    let is_response = message.get(2).is_some_and(|flags| flags & RESPONSE != 0);
    // The id, and the number of questions.
    let is_same =
        |from: usize| message.get(from..from + 2).is_some_and(|bytes| Some(bytes) == query.get(from..from + 2));
    let questions = question(message).zip(question(query));
    is_response && is_same(0) && is_same(4) && questions.is_some_and(|(theirs, ours)| theirs.eq_ignore_ascii_case(ours))
}

/// The first question of a message as it stands there: name, type and class.
fn question(message: &[u8]) -> Option<&[u8]> {
    let questions = message.get(HEADER..)?;
    let mut length = 0;
    // Labels, each behind its length; the root has none.
    while let label @ 1.. = *questions.get(length)? {
        length += 1 + usize::from(label);
    }
    questions.get(..length + 5)
}

async fn by_udp(server: SocketAddr, query: &[u8]) -> Option<Vec<u8>> {
    let any: IpAddr = if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0)).await.ok()?;
    // Connected: what others send is not seen.
    socket.connect(server).await.ok()?;
    socket.send(query).await.ok()?;
    let mut bytes = vec![0; UDP_BYTES.into()];
    loop {
        let length = socket.recv(&mut bytes).await.ok()?;
        let answer = bytes.get(..length)?;
        if answers(answer, query) {
            return Some(answer.to_vec());
        }
    }
}

/// Over TCP a message goes behind its length (RFC 1035, 4.2.2).
async fn by_tcp(server: SocketAddr, query: &[u8]) -> Option<Vec<u8>> {
    let mut stream = TcpStream::connect(server).await.ok()?;
    let length = u16::try_from(query.len()).ok()?;
    stream.write_all(&[&length.to_be_bytes(), query].concat()).await.ok()?;
    let length = stream.read_u16().await.ok()?;
    let mut bytes = vec![0; length.into()];
    stream.read_exact(&mut bytes).await.ok()?;
    answers(&bytes, query).then_some(bytes)
}

/// Hard to guess for anyone who would like to answer first.
fn identifier() -> u16 {
    let mut bytes = [0; 2];
    // Without randomness the diagnosis goes on: it is no resolver that others rely on.
    let _ = SystemRandom::new().fill(&mut bytes);
    u16::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{KnownRecord, NameServer};

    #[test]
    fn the_systems_servers_are_read() {
        let text = "# nameserver 192.0.2.9\nsearch example.org\nnameserver 192.0.2.1\nnameserver\t2001:db8::1 \nnameserver fe80::1%eth0\nnameserver x\n";
        let expected = ["192.0.2.1:53", "[2001:db8::1]:53", "[fe80::1]:53"].map(|address| address.parse().unwrap());
        assert_eq!(DnsServers::of_file(text), DnsServers::new(expected.to_vec()));
    }

    #[tokio::test]
    async fn long_answers_are_fetched_over_tcp() {
        let long = "x".repeat(3000);
        let records = vec![("a.example.org".to_owned(), KnownRecord::Text(long.clone()))];
        let server = NameServer::start(records).await.unwrap();
        let names = DnsServers::new(vec![server.address()]);
        assert_eq!(names.texts("a.example.org").await, Ok(vec![long]));
        assert_eq!(names.texts("b.example.org").await, Ok(Vec::new()));
        assert_eq!(names.texts(&"a".repeat(64)).await, Err(LookupError::Name));
    }

    #[test]
    fn a_message_answers_the_query_whose_id_and_question_it_has() {
        let ours = query(7, "acme.example", TYPE::MX).unwrap();
        let reply = |id: u16, name: &str, kind: TYPE| {
            let mut reply = query(id, name, kind).unwrap();
            reply[2] |= RESPONSE;
            reply
        };
        assert!(answers(&reply(7, "acme.example", TYPE::MX), &ours));
        assert!(answers(&reply(7, "ACME.example", TYPE::MX), &ours), "servers may change the case");
        assert!(!answers(&ours, &ours), "a query");
        for other in [
            reply(8, "acme.example", TYPE::MX),
            reply(7, "evil.example", TYPE::MX),
            reply(7, "acme.example.org", TYPE::MX),
            reply(7, "acme.example", TYPE::A),
        ] {
            assert!(!answers(&other, &ours));
        }
        let mut without_question = reply(7, "acme.example", TYPE::MX);
        without_question[5] = 0;
        assert!(!answers(&without_question, &ours));
        let whole = reply(7, "acme.example", TYPE::MX);
        let end = HEADER + question(&whole).unwrap().len();
        for length in 0..end {
            assert!(!answers(&whole[..length], &ours), "{length}");
        }
        assert!(answers(&whole[..end], &ours), "cut after the question");
    }

    #[tokio::test]
    async fn what_answers_no_query_is_not_waited_for_in_vain() {
        let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let names = DnsServers::new(vec![server.local_addr().unwrap()]);
        let answering = tokio::spawn(async move {
            let mut bytes = [0; 512];
            let (length, client) = server.recv_from(&mut bytes).await.unwrap();
            let asked = bytes[..length].to_vec();
            // The same message, an answer to another question, an answer that says that there is no such name.
            let mut other = query(u16::from_be_bytes([asked[0], asked[1]]), "evil.example", TYPE::MX).unwrap();
            other[2] |= RESPONSE;
            let mut right = asked.clone();
            right[2] |= RESPONSE;
            right[3] = 3;
            for message in [asked, other, right] {
                server.send_to(&message, client).await.unwrap();
            }
        });
        assert_eq!(names.mail_exchanges("acme.example").await, Ok(Vec::new()));
        answering.await.unwrap();
    }

    #[tokio::test]
    async fn without_a_server_nothing_is_known() {
        assert_eq!(DnsServers::new(Vec::new()).texts("example.org").await, Err(LookupError::NoServer));
    }
}
