//! What is wrong does not show: neither in the answer, nor in the hashes and rows that it costs.

use super::*;

#[tokio::test]
async fn unknown_pending_disabled_unverified_and_wrong_are_answered_alike() {
    let world = World::new();
    world.account("known@acme.com").await;
    let disabled = world.account("disabled@acme.com").await;
    world.change_account(disabled.id, |account| account.disabled_at = Some(account.created_at)).await;
    let unproven = world.draft_account("unproven@acme.com", PASSWORD).await;
    world.insert(Account { verified_at: None, ..unproven }).await;
    let social = world.draft_account("social@acme.com", PASSWORD).await;
    world.insert(Account { password_hash: None, ..social }).await;
    let damaged = world.draft_account("damaged@acme.com", PASSWORD).await;
    let hash = Some(PasswordHash::from_phc("$md5$damaged".to_owned()));
    world.insert(Account { password_hash: hash, ..damaged }).await;
    world.register("pending@acme.com", PASSWORD).await;
    world.take_hashes();
    let rows = world.store.row_counts();
    let long = "x".repeat(257);
    for (identifier, password) in [
        ("known@acme.com", WRONG),
        ("known@acme.com", long.as_str()),
        ("unknown@acme.com", PASSWORD),
        ("unknown@acme.com", &long),
        ("nobody", PASSWORD),
        ("mallory", PASSWORD),
        ("not an address@", PASSWORD),
        ("disabled@acme.com", PASSWORD),
        ("disabled@acme.com", WRONG),
        ("unproven@acme.com", WRONG),
        ("social@acme.com", PASSWORD),
        ("damaged@acme.com", PASSWORD),
        ("pending@acme.com", PASSWORD),
        ("pending@acme.com", WRONG),
    ] {
        assert_eq!(why(world.sign_in(identifier, password).await), "WrongCredentials", "{identifier}");
        assert_eq!(world.take_hashes(), (0, 1), "{identifier}");
    }
    assert_eq!(world.store.row_counts(), rows);
}

#[tokio::test]
async fn a_password_is_used_unchanged_except_for_unicode_normalization() {
    let world = World::new();
    world.insert(world.draft_account(EMAIL, " Pässwörd, as it was set ").await).await;
    assert!(world.sign_in(EMAIL, " Pa\u{308}sswo\u{308}rd, as it was set ").await.is_ok());
    for wrong in ["Pässwörd, as it was set", " pässwörd, as it was set ", " Pässwörd, as it was set", " Pässwörd, as"]
    {
        assert_eq!(why(world.sign_in(EMAIL, wrong).await), "WrongCredentials", "{wrong:?}");
    }
}

#[tokio::test]
async fn known_and_unknown_are_limited_alike() {
    let world = World::new();
    world.account(EMAIL).await;
    let mut refusals = Vec::new();
    for identifier in [EMAIL, "unknown@acme.com", "nobody", "not an address@"] {
        for _ in 0..10 {
            assert_eq!(why(world.sign_in_from("192.0.2.7", identifier, WRONG).await), "WrongCredentials");
        }
        refusals.push(why(world.sign_in_from("192.0.2.7", identifier, WRONG).await));
    }
    assert!(refusals[0].contains("sign_ins"), "{refusals:?}");
    assert!(refusals.iter().all(|refusal| *refusal == refusals[0]), "{refusals:?}");
}
