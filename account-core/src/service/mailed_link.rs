//! Following an emailed link to its page.

use super::{AccountService, Failure};
use crate::client::Client;

/// Returns the token in an emailed link. Accepts the whole link, to the service's pages or to a callback, or its last
/// part.
#[must_use]
pub fn token_of_link(text: &str) -> &str {
    // Some programs end every address with a slash.
    let text = text.trim_end_matches(|c: char| c == '/' || c.is_whitespace());
    let last = text.rsplit('/').next().unwrap_or(text);
    last.rsplit_once("code=").map_or(last, |(_, code)| code)
}

impl AccountService {
    /// Counts a click on an emailed link. Nothing is looked up: the page that the link leads to checks whether it is
    /// valid.
    ///
    /// # Errors
    /// [`Failure`] if the limit was reached or the service cannot count.
    pub async fn follow_mailed_link(&self, client: &Client) -> Result<(), Failure> {
        let charge = self.client_charges("short_links", self.settings.limits.short_links, client).await;
        self.count(&charge).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::client::WideNetwork;
    use crate::one_time_token::master_key::MasterKey;
    use crate::password::PasswordHash;
    use crate::ports::{HashingSlot, Overloaded, PasswordHasher, Rate, Urgency};
    use crate::service::{Ports, Settings};
    use crate::testing::{FakeClock, MemoryStore, SeededEntropy};

    #[test]
    fn the_token_is_found_in_every_link_that_is_mailed() {
        for text in [
            "abc",
            "https://a.org/l/abc",
            "https://a.org/l/abc/",
            "https://a.org/l/abc// \n",
            "https://b.org/welcome?code=abc",
            "https://b.org/?a=b&code=abc",
        ] {
            assert_eq!(token_of_link(text), "abc", "{text}");
        }
    }

    /// Following a link hashes nothing.
    struct NoHasher;

    impl PasswordHasher for NoHasher {
        fn admit(&self, _urgency: Urgency, _network: Option<WideNetwork>) -> Result<Box<dyn HashingSlot>, Overloaded> {
            Err(Overloaded { retry_after: Duration::ZERO })
        }

        fn is_current(&self, _hash: &PasswordHash) -> bool {
            true
        }
    }

    fn service(limit: Rate) -> (AccountService, Arc<FakeClock>) {
        let (clock, entropy) = (Arc::new(FakeClock::default()), Arc::new(SeededEntropy::new(1)));
        let mut settings = Settings::new(MasterKey::generate(&*entropy));
        settings.limits.short_links = limit;
        let ports =
            Ports::new(Arc::new(MemoryStore::default()), Arc::new(NoHasher), Arc::clone(&clock) as _, entropy as _);
        (AccountService::new(ports, settings), clock)
    }

    fn client(address: &str) -> Client {
        Client::at(address.parse().unwrap())
    }

    #[tokio::test]
    async fn links_are_counted_by_client_network() {
        let (service, clock) = service("2/min".parse().unwrap());
        for _ in 0..2 {
            service.follow_mailed_link(&client("192.0.2.1")).await.unwrap();
        }
        let Err(Failure::Limited(limited)) = service.follow_mailed_link(&client("192.0.2.1")).await else {
            panic!("not limited")
        };
        assert_eq!((limited.limit, limited.retry_after.as_secs()), ("short_links", 60));
        service.follow_mailed_link(&client("198.51.100.1")).await.unwrap();
        service.follow_mailed_link(&Client { is_exempt: true, ..client("192.0.2.1") }).await.unwrap();
        clock.advance(limited.retry_after);
        service.follow_mailed_link(&client("192.0.2.1")).await.unwrap();
    }

    #[tokio::test]
    async fn without_a_limit_nothing_is_counted() {
        let (service, _) = service(Rate::OFF);
        for _ in 0..200 {
            service.follow_mailed_link(&client("192.0.2.1")).await.unwrap();
        }
    }
}
