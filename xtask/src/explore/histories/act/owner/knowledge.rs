//! What the owner knows by heart, and calls that take more than a line.

use account_core::{
    account::details::ProfileEdits, authorization::Verified, consent::GivenConsent, input::Input,
    invitation::redeem::AcceptRequest, one_time_token::TokenDigest, password::policy::PasswordPolicy,
    session::SignedIn,
};

use crate::explore::histories::{
    act::{
        calls::by,
        terms::{Channel, Outcome},
    },
    desk::{DOCUMENTED, Desk, NATIVE, password_of},
    world::{Letter, OWNERS, Whose, World},
};

/// What the owner chose when making the registration that the letter is about; else the last password.
pub(super) fn chosen_password(world: &World, letter: &Letter) -> String {
    let hash = world.registration_of(letter).and_then(|found| found.password_hash);
    match Whose::of(hash.as_ref()) {
        Whose::Owners => hash.as_ref().map(password_of).unwrap_or_default().to_owned(),
        Whose::Nobodys | Whose::Strangers => world.last_password(),
    }
}

/// The password of the owner's account, if the owner knows it; else the last one.
pub(super) fn known_password(world: &World) -> String {
    let accounts = world.store.accounts().into_iter().rev();
    let hashes = accounts.filter_map(|account| account.password_hash);
    let known = hashes.into_iter().find(|hash| Whose::of(Some(hash)) == Whose::Owners);
    known.as_ref().map_or_else(|| world.last_password(), |hash| password_of(hash).to_owned())
}

/// The password of the account that somebody is signed in to: its owner's, who knows it.
pub(super) fn password_of_account(caller: &SignedIn) -> String {
    caller.account.password_hash.as_ref().map(password_of).unwrap_or_default().to_owned()
}

pub(super) async fn reset(desk: &Desk, world: &World, letter: &Letter, channel: Channel) -> Outcome {
    let (service, policy) = (&desk.service, PasswordPolicy::DEFAULT);
    let (token, password) = (letter.token.as_str(), Input::from(world.next_password()));
    let served = Outcome { spent: Some(letter.token.clone()), ..Outcome::answering("reset") };
    if channel == Channel::Documented {
        let address = world.tokens().remove(&letter.digest().unwrap_or(NO_DIGEST)).map(|token| token.address);
        let address = address.as_ref().map_or(OWNERS, |address| address.as_str());
        return match service.redeem_password_reset_of(address, token, password, policy, &by(DOCUMENTED)).await {
            Ok(_) => served,
            Err(error) => Outcome::refused(&error),
        };
    }
    match service.redeem_password_reset(token, password, policy, &by(NATIVE)).await {
        Ok(signed_in) => Outcome { opened: Some(signed_in.session.token), ..served },
        Err(error) => Outcome::refused(&error),
    }
}

/// Of no token.
const NO_DIGEST: TokenDigest = TokenDigest::from_bytes([0; 32]);

pub(super) async fn accept(desk: &Desk, world: &World, letter: &Letter) -> Outcome {
    let request = AcceptRequest {
        token: letter.token.clone(),
        password: world.next_password().into(),
        edits: ProfileEdits::default(),
        consent: GivenConsent::default(),
        password_policy: PasswordPolicy::DEFAULT,
        context: by(NATIVE),
    };
    match desk.service.accept_invitation(request).await {
        Ok(signed_in) => Outcome {
            opened: Some(signed_in.session.token),
            spent: Some(letter.token.clone()),
            ..Outcome::answering("accepted")
        },
        Err(error) => Outcome::refused(&error),
    }
}

pub(super) async fn signed_in(desk: &Desk, world: &World, session: usize) -> Option<SignedIn> {
    let token = world.owner.sessions.get(session)?;
    desk.service.check_session(token).await.ok().flatten()
}

pub(super) async fn verified(desk: &Desk, world: &World, session: usize) -> Result<Verified, String> {
    let caller = signed_in(desk, world, session).await.ok_or("not signed in")?;
    caller.verified().map_err(|error| format!("{error:?}"))
}
