//! The context of a request: its id and its client.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use account_core::challenge::ChallengeAnswer;
use account_core::client::unwrap_mapped;
use account_core::idempotency::IdempotencyKey;
use account_core::input::Input;
use account_core::{CallContext, Client};
use ipnet::IpNet;
use poem::http::header;
use poem::{FromRequest, Request, RequestBody};
use poem_openapi::registry::{MetaParamIn, MetaSchemaRef};
use poem_openapi::types::Type;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use crate::problem::{Problem, ProblemKind};

/// The dialect of a request, stored in the request's data: the channel of its calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DialectName(pub(crate) &'static str);

/// The context of a request, known before it is handled.
#[derive(Debug, Clone, Default)]
pub(crate) struct RequestContext {
    /// Its id, in the answer's `X-Request-Id`, in problems and in logs.
    pub(crate) id: String,
    /// Who sent it.
    pub(crate) client: Client,
    /// The client's `User-Agent`.
    pub(crate) user_agent: Option<String>,
    /// The languages that the client asks for (`Accept-Language`), as it says them.
    pub(crate) languages: Option<String>,
    /// The answer to a challenge that is in the body.
    pub(crate) challenge_answer: Option<ChallengeAnswer>,
}

impl RequestContext {
    /// Makes the context of a request.
    pub(crate) fn of(request: &Request, id: String, clients: &ClientFinder) -> Self {
        let user_agent = request.headers().get(header::USER_AGENT);
        let user_agent = user_agent.map(|text| String::from_utf8_lossy(text.as_bytes()).into_owned());
        let languages = request.headers().get_all(header::ACCEPT_LANGUAGE).iter();
        // Several lines are one list (RFC 9110, section 5.3).
        let languages: Vec<&str> = languages.filter_map(|value| value.to_str().ok()).collect();
        let languages = (!languages.is_empty()).then(|| languages.join(","));
        Self { id, client: clients.find(request), user_agent, languages, challenge_answer: None }
    }

    /// Adds the response to a challenge. What is no text is a response, too, which cannot be read.
    pub(crate) fn answering(self, response: Input) -> Self {
        let challenge_answer = match response {
            Input::Absent => None,
            Input::Mistyped => Some(ChallengeAnswer::Proof(String::new())),
            Input::Given(response) => Some(ChallengeAnswer::Proof(response)),
        };
        Self { challenge_answer, ..self }
    }

    /// Makes the context for the core, for a call through this channel.
    pub(crate) fn for_channel(self, channel: &str) -> CallContext {
        CallContext {
            client: self.client,
            channel: channel.to_owned(),
            user_agent: self.user_agent,
            request_id: Some(self.id),
            challenge_answer: self.challenge_answer,
        }
    }
}

impl<'a> FromRequest<'a> for RequestContext {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        // The outermost layer adds it; a test of a single endpoint may not.
        Ok(request.extensions().get::<Self>().cloned().unwrap_or_default())
    }
}

/// The `Idempotency-Key` of a request, as sent. An unreadable one must not count as absent.
pub(crate) struct IdempotencyHeader(Result<Option<String>, Problem>);

impl IdempotencyHeader {
    /// Returns the key for a route and a body.
    pub(crate) fn for_request(self, route: &str, body: &[u8]) -> Result<Option<IdempotencyKey>, Problem> {
        let malformed = |_| Problem::new(ProblemKind::MalformedIdempotencyKey);
        self.0?.map(|text| IdempotencyKey::parse(&text, route, body)).transpose().map_err(malformed)
    }
}

/// The description of the header in the documents.
pub(crate) const ABOUT_IDEMPOTENCY_KEY: &str = "Makes the request safe to retry: the same key with the same body gets the first \
 answer again, for 24 hours. 16 to 255 visible ASCII characters, such as a random UUID.";

impl<'a> ApiExtractor<'a> for IdempotencyHeader {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];

    type ParamType = Option<String>;
    type ParamRawType = String;

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Header)
    }

    fn param_schema_ref() -> Option<MetaSchemaRef> {
        Some(Self::ParamType::schema_ref())
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        let mut values = request.headers().get_all(options.name).iter();
        Ok(Self(match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some(value), None) if value.to_str().is_ok() => Ok(value.to_str().ok().map(str::to_owned)),
            _ => Err(Problem::new(ProblemKind::MalformedIdempotencyKey)),
        }))
    }
}

/// Makes request ids: a random part per process, and a counter. They are not secret.
#[derive(Debug, Clone)]
pub(crate) struct RequestIds {
    process: u32,
    next: Arc<AtomicU64>,
}

impl RequestIds {
    pub(crate) fn new() -> Self {
        let mut bytes = [0; 4];
        // Without randomness two processes may use the same ids; nothing depends on them.
        let _ = getrandom::fill(&mut bytes);
        Self { process: u32::from_be_bytes(bytes), next: Arc::default() }
    }

    pub(crate) fn next(&self) -> String {
        format!("{:08x}{:08x}", self.process, self.next.fetch_add(1, Ordering::Relaxed))
    }
}

/// Determines the client of a request.
#[derive(Debug, Clone)]
pub(crate) struct ClientFinder {
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub(crate) exempt_networks: Vec<IpNet>,
}

impl ClientFinder {
    /// Returns the client: the socket's peer or, if that is a trusted proxy, the last untrusted hop of the forwarded
    /// chain.
    pub(crate) fn find(&self, request: &Request) -> Client {
        let peer = peer(request);
        let forwarded: Vec<&str> = request
            .headers()
            .get_all("x-forwarded-for")
            .iter()
            .map(|value| value.to_str().unwrap_or("malformed"))
            .collect();
        let address = peer.map(|peer| self.last_untrusted(peer, &forwarded.join(",")));
        let is_in = |networks: &[IpNet]| address.is_some_and(|address| contains(networks, address));
        Client { address, is_exempt: is_in(&self.exempt_networks), is_proxy: is_in(&self.trusted_proxies) }
    }

    /// Returns whether a trusted proxy sent the request.
    pub(crate) fn is_from_proxy(&self, request: &Request) -> bool {
        peer(request).is_some_and(|peer| contains(&self.trusted_proxies, peer))
    }

    /// Follows the chain from right to left as long as each hop is trusted. A malformed chain is ignored.
    fn last_untrusted(&self, peer: IpAddr, forwarded: &str) -> IpAddr {
        let mut hop = peer;
        for text in forwarded.rsplit(',').map(str::trim).filter(|text| !text.is_empty()) {
            if !contains(&self.trusted_proxies, hop) {
                return hop;
            }
            match parse_hop(text) {
                Some(next) => hop = unwrap_mapped(next),
                None => return peer,
            }
        }
        hop
    }
}

/// Returns the address of the socket's peer.
fn peer(request: &Request) -> Option<IpAddr> {
    request.remote_addr().as_socket_addr().map(SocketAddr::ip).map(unwrap_mapped)
}

/// Parses an address as proxies write it, with or without a port; an IPv6 address also in brackets.
fn parse_hop(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok().map(IpAddr::V6);
    text.parse().ok().or_else(with_port).or_else(in_brackets)
}

fn contains(networks: &[IpNet], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(&address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(peer: &str, forwarded: &str) -> String {
        let finder = ClientFinder { trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()], exempt_networks: Vec::new() };
        finder.last_untrusted(peer.parse().unwrap(), forwarded).to_string()
    }

    #[test]
    fn an_untrusted_peers_headers_are_ignored() {
        assert_eq!(find("192.0.2.1", "198.51.100.7"), "192.0.2.1");
        assert_eq!(find("192.0.2.1", ""), "192.0.2.1");
    }

    #[test]
    fn a_trusted_peer_speaks_for_the_last_untrusted_hop() {
        assert_eq!(find("10.0.0.1", "198.51.100.7"), "198.51.100.7");
        assert_eq!(find("10.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2"), "198.51.100.7");
        assert_eq!(find("10.0.0.1", "198.51.100.7:4711"), "198.51.100.7");
        assert_eq!(find("10.0.0.1", "2001:db8::1"), "2001:db8::1");
        assert_eq!(find("10.0.0.1", "[2001:db8::1]:4711"), "2001:db8::1");
        assert_eq!(find("10.0.0.1", "[2001:db8::1]"), "2001:db8::1");
        assert_eq!(find("10.0.0.1", "203.0.113.9, [2001:db8::1], 10.0.0.2:4711"), "2001:db8::1");
        assert_eq!(find("10.0.0.1", "[::ffff:198.51.100.7]"), "198.51.100.7");
        assert_eq!(find("10.0.0.1", "::ffff:198.51.100.7"), "198.51.100.7");
        assert_eq!(find("10.0.0.1", ""), "10.0.0.1");
    }

    #[test]
    fn a_malformed_chain_is_ignored() {
        assert_eq!(find("10.0.0.1", "198.51.100.7, unknown"), "10.0.0.1");
        assert_eq!(find("10.0.0.1", "unknown, 10.0.0.2"), "10.0.0.1");
        assert_eq!(find("10.0.0.1", "unknown, 198.51.100.7"), "198.51.100.7");
        assert_eq!(find("10.0.0.1", &"x".repeat(65_536)), "10.0.0.1");
        for text in ["[2001:db8::1", "2001:db8::1]", "[198.51.100.7]", "[[2001:db8::1]]", "[]", "[2001:db8::1]4711"] {
            assert_eq!(find("10.0.0.1", text), "10.0.0.1", "{text}");
        }
    }
}
