//! A name server in the same process.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use simple_dns::rdata::{A, MX, RData, TXT};
use simple_dns::{CLASS, Name, Packet, PacketFlag, QTYPE, RCODE, ResourceRecord, TYPE};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinHandle;

/// Most bytes that it answers by UDP.
const UDP_BYTES: usize = 512;

/// A record that it knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownRecord {
    /// A TXT record.
    Text(String),
    /// An MX record; `.` takes no email.
    MailExchange(String),
    /// An A record.
    Address(Ipv4Addr),
}

/// A name server on a port of the loopback address, by UDP and TCP. Of names that it does not know it says that there
/// are none. It stops when dropped.
pub struct NameServer {
    address: SocketAddr,
    tasks: [JoinHandle<()>; 2],
}

type Records = Arc<Vec<(String, KnownRecord)>>;

impl NameServer {
    /// Starts a server that knows these names.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(records: Vec<(String, KnownRecord)>) -> io::Result<Self> {
        let records: Records = Arc::new(records);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let socket = UdpSocket::bind(address).await?;
        let by_udp = tokio::spawn(answer_datagrams(socket, Arc::clone(&records)));
        let by_tcp = tokio::spawn(answer_connections(listener, records));
        Ok(Self { address, tasks: [by_udp, by_tcp] })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn answer_datagrams(socket: UdpSocket, records: Records) {
    let mut bytes = [0; UDP_BYTES];
    while let Ok((length, client)) = socket.recv_from(&mut bytes).await {
        let Some(answer) = bytes.get(..length).and_then(|query| answer(query, &records, UDP_BYTES)) else { continue };
        // A client that went away asks no more.
        let _ = socket.send_to(&answer, client).await;
    }
}

async fn answer_connections(listener: TcpListener, records: Records) {
    while let Ok((stream, _)) = listener.accept().await {
        let _ = answer_connection(stream, &records).await;
    }
}

async fn answer_connection(mut stream: TcpStream, records: &Records) -> io::Result<()> {
    let mut query = vec![0; stream.read_u16().await?.into()];
    stream.read_exact(&mut query).await?;
    let answer = answer(&query, records, usize::from(u16::MAX)).ok_or(io::ErrorKind::InvalidData)?;
    let length = u16::try_from(answer.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), &answer[..]].concat()).await
}

/// The answer to a query; none to what is no query.
fn answer(query: &[u8], records: &Records, most: usize) -> Option<Vec<u8>> {
    let query = Packet::parse(query).ok()?;
    let question = query.questions.first()?.clone();
    let name = question.qname.to_string().to_ascii_lowercase();
    let mut reply = Packet::new_reply(query.id());
    let known = records.iter().filter(|(known, _)| *known == name);
    for (_, record) in known.clone() {
        let (kind, data) = match record {
            KnownRecord::Text(text) => (TYPE::TXT, RData::TXT(TXT::try_from(text.as_str()).ok()?)),
            KnownRecord::MailExchange(server) => {
                let exchange = Name::new_unchecked(server.trim_end_matches('.'));
                (TYPE::MX, RData::MX(MX { preference: 10, exchange }))
            }
            KnownRecord::Address(address) => (TYPE::A, RData::A(A { address: (*address).into() })),
        };
        if question.qtype == QTYPE::TYPE(kind) {
            reply.answers.push(ResourceRecord::new(question.qname.clone(), CLASS::IN, 60, data));
        }
    }
    if known.count() == 0 {
        *reply.rcode_mut() = RCODE::NameError;
    }
    reply.questions.push(question);
    let bytes = reply.build_bytes_vec().ok()?;
    if bytes.len() <= most {
        return Some(bytes);
    }
    reply.answers.clear();
    reply.set_flags(PacketFlag::TRUNCATION);
    reply.build_bytes_vec().ok()
}
