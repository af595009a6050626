//! The secrets of a flow, which nobody stores.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::PkceVerifier;
use crate::one_time_token::SecretToken;

/// The nonce and the PKCE verifier of a flow.
///
/// They are derived from what the browser keeps and from the state. Neither the provider nor the store can make them, and
/// no other browser: not even one that has learned the state.
pub(super) struct FlowSecrets {
    pub(super) nonce: SecretToken,
    pub(super) verifier: PkceVerifier,
}

impl FlowSecrets {
    pub(super) fn of(state: &SecretToken, browser: &SecretToken) -> Self {
        // A key of one block: HMAC fills shorter ones up with zeros.
        let mut key = Zeroizing::new([0; 64]);
        for (byte, from) in key.iter_mut().zip(browser.bytes()) {
            *byte = *from;
        }
        let derive = |label: &[u8]| {
            let mut mac = <Hmac<Sha256> as KeyInit>::new((&*key).into());
            mac.update(label);
            mac.update(state.bytes());
            SecretToken::from_bytes(mac.finalize().into_bytes().into())
        };
        Self {
            nonce: derive(b"account-core/provider/nonce/"),
            verifier: PkceVerifier::new(derive(b"account-core/provider/pkce/")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededEntropy;

    #[test]
    fn the_secrets_of_a_flow_need_its_state_and_its_browser() {
        let entropy = SeededEntropy::new(1);
        let (state, browser, other) =
            (SecretToken::generate(&entropy), SecretToken::generate(&entropy), SecretToken::generate(&entropy));
        let texts = |state: &SecretToken, browser: &SecretToken| {
            let FlowSecrets { nonce, verifier } = FlowSecrets::of(state, browser);
            (nonce.expose(), verifier.expose())
        };
        let (nonce, verifier) = texts(&state, &browser);
        assert_eq!(texts(&state, &browser), (nonce.clone(), verifier.clone()));
        assert_ne!(nonce, verifier);
        for (state, browser) in [(&other, &browser), (&state, &other)] {
            let (other_nonce, other_verifier) = texts(state, browser);
            assert_ne!(other_nonce, nonce);
            assert_ne!(other_verifier, verifier);
        }
    }
}
