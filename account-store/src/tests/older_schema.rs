//! Databases that older versions created.

use account_core::account::{OrganizationRole, Role};
use account_core::email_address::EmailAddress;
use account_core::id::{AccountId, OrganizationId, OutboxId};
use account_core::one_time_token::TokenDigest;
use account_core::outbox::{Intent, Queue};
use account_core::password::PassedPolicy;
use account_core::ports::Store;
use account_core::ports::store::{AccountFilter, AccountUpdate, RegistrationFilter, Update};
use account_core::registration::{NOT_CORRECTABLE, RegistrationState};
use account_core::timestamp::Timestamp;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::migration::migrate_by;
use crate::testing::{Engine, ThrowawayDatabase};
use crate::{DatabaseStore, StoreOptions};

/// Rows as the version before `m0004_accounts_that_live` wrote them.
const ROWS: [&str; 10] = [
    "INSERT INTO organizations (id, code, name) VALUES (x'0190000000007000800000000000000A', 'acme', 'Acme')",
    "INSERT INTO accounts (id, address, email_key, email_claim, verified_at, password_hash, user_name, organization, \
     profile, created_at, updated_at) VALUES (x'00000000000000000000000000000001', 'John@acme.com', 'john@acme.com', \
     'john@acme.com', 5, '$argon2id$', 'john', x'0190000000007000800000000000000A', '{\"newsletter\":false}', 3, 4)",
    "INSERT INTO accounts (id, address, email_key, profile, created_at, updated_at) VALUES \
     (x'00000000000000000000000000000002', 'jane@acme.com', 'jane@acme.com', '{\"newsletter\":true}', 3, 4)",
    "INSERT INTO sessions (token, id, account, created_at, expires_at) VALUES \
     (x'0101010101010101010101010101010101010101010101010101010101010101', x'00000000000000000000000000000003', \
     x'00000000000000000000000000000001', 7, 9)",
    "INSERT INTO registrations (id, address, email_key, profile, surface, continuation, state, generation, code, \
     key_id, code_tries, created_at, expires_at) VALUES (x'00000000000000000000000000000004', 'joe@acme.com', \
     'joe@acme.com', '{\"newsletter\":false}', 'native', \
     x'0202020202020202020202020202020202020202020202020202020202020202', 'pending', 1, \
     x'0303030303030303030303030303030303030303030303030303030303030303', 'key', 0, 3, 4)",
    "INSERT INTO verification_tokens (digest, purpose, subject, address, email_key, generation, key_id, expires_at, \
     state) VALUES (x'0404040404040404040404040404040404040404040404040404040404040404', 'email_verification', \
     x'00000000000000000000000000000004', 'joe@acme.com', 'joe@acme.com', 1, 'key', 4, 'live')",
    "INSERT INTO outbox (id, intent, address, state, fence, attempts, due_at, claimable_at, created_at) VALUES \
     (x'00000000000000000000000000000005', 'resend', 'joe@acme.com', 'queued', 0, 0, 3, 3, 3)",
    "INSERT INTO outbox (id, intent, address, state, fence, attempts, due_at, claimable_at, created_at, settled_at) \
     VALUES (x'00000000000000000000000000000006', 'password_reset', 'nobody@acme.com', 'dropped', 1, 1, 3, 3, 3, 4)",
    "INSERT INTO outbox (id, intent, address, state, fence, attempts, due_at, claimable_at, created_at, settled_at) \
     VALUES (x'00000000000000000000000000000007', 'password_reset', 'joe@acme.com', 'dead', 1, 1, 3, 3, 3, 4)",
    "INSERT INTO outbox (id, intent, registration, address, state, fence, attempts, due_at, claimable_at, created_at, \
     settled_at) VALUES (x'00000000000000000000000000000008', 'resend', x'00000000000000000000000000000004', \
     'joe@acme.com', 'dropped', 1, 1, 3, 3, 3, 4)",
];

/// Returns a row in the database's notation: PostgreSQL has its own type for ids and its own notation for bytes.
fn spelled(row: &str, engine: Engine) -> String {
    if engine != Engine::Postgres {
        return row.to_owned();
    }
    let (first, rest) = row.split_once("x'").unwrap();
    let literals = rest.split("x'").map(|literal| {
        let is_id = literal.find('\'') == Some(32);
        if is_id { format!("'{literal}") } else { format!("'\\x{literal}") }
    });
    literals.fold(first.to_owned(), |row, literal| row + &literal)
}

/// Returns a store with such rows, migrated to the current schema.
async fn updated(engine: Engine) -> (ThrowawayDatabase, DatabaseStore) {
    let database = ThrowawayDatabase::new(engine).await;
    let store = DatabaseStore::connect(&StoreOptions::new(database.url())).await.unwrap();
    migrate_by(&store.connections, Some(3)).await.unwrap();
    for row in ROWS {
        store.connections.writer.execute_unprepared(&spelled(row, engine)).await.unwrap();
    }
    store.migrate().await.unwrap();
    (database, store)
}

#[tokio::test]
async fn accounts_of_an_older_schema_are_read_and_change() {
    for engine in Engine::ALL {
        let (_database, store) = updated(engine).await;
        let mut unit = store.begin().await.unwrap();
        let john = unit.find_account(AccountId::from_uuid(Uuid::from_u128(1))).await.unwrap().unwrap();
        assert_eq!((john.role, john.version, john.credential_epoch), (Role::User, 1, 0));
        assert_eq!(john.organization_role, Some(OrganizationRole::Member));
        assert_eq!((john.disabled_at, john.deletion_due_at), (None, None));
        assert_eq!(john.password_hash.as_ref().unwrap().passed(), None, "nobody recorded it");
        assert!(john.former_passwords.is_empty());
        assert!(john.secondary_addresses.alternate.is_none() && john.secondary_addresses.notification.is_none());
        let jane = unit.find_account(AccountId::from_uuid(Uuid::from_u128(2))).await.unwrap().unwrap();
        assert_eq!((jane.organization_role, jane.verified_at), (None, None));

        let filter = AccountFilter { text: Some("john@acme".to_owned()), ..AccountFilter::default() };
        assert_eq!(unit.list_accounts(&filter, None, 9).await.unwrap(), std::slice::from_ref(&john));
        assert_eq!(unit.next_token_generation(john.id).await.unwrap(), Some(1));
        assert_eq!(unit.next_token_generation(john.id).await.unwrap(), Some(2));
    }
}

#[tokio::test]
async fn the_policy_that_a_password_passed_is_recorded_from_now_on() {
    for engine in Engine::ALL {
        let (_database, store) = updated(engine).await;
        let mut unit = store.begin().await.unwrap();
        let mut john = unit.find_account(AccountId::from_uuid(Uuid::from_u128(1))).await.unwrap().unwrap();
        john.password_hash = john.password_hash.map(|hash| hash.with_passed(Some(PassedPolicy::Default)));
        john.version += 1;
        assert_eq!(unit.update_account(&john).await.unwrap(), AccountUpdate::Applied);
        assert_eq!(unit.find_account(john.id).await.unwrap(), Some(john));
    }
}

#[tokio::test]
async fn sessions_of_an_older_schema_still_sign_in() {
    for engine in Engine::ALL {
        let (_database, store) = updated(engine).await;
        let signed_in = store.find_signed_in(&TokenDigest::from_bytes([1; 32])).await.unwrap().unwrap();
        let session = signed_in.session;
        assert_eq!(session.authenticated_at, Timestamp::from_unix_micros(7));
        assert_eq!(session.last_used_at, session.created_at);
        assert_eq!((session.idle, session.channel.as_str()), (None, "native"));
        assert_eq!((session.client_address, session.user_agent), (None, None));
        assert_eq!((session.token_lasts, session.token_expires_at), (None, None));
        assert_eq!(signed_in.account.id, AccountId::from_uuid(Uuid::from_u128(1)));
    }
}

#[tokio::test]
async fn everything_else_of_an_older_schema_is_read() {
    for engine in Engine::ALL {
        let (_database, store) = updated(engine).await;
        let mut unit = store.begin_read_only().await.unwrap();
        let id = OrganizationId::from_uuid(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_000A));
        let organization = unit.find_organization(id).await.unwrap().unwrap();
        assert_eq!((organization.version, organization.allows_self_named_administrators), (1, false));
        assert!(organization.callback_origins.is_empty());
        // The time that its id contains.
        assert_eq!(organization.created_at, Timestamp::from_unix_micros(0x0190_0000_0000 * 1_000));
        assert_eq!(organization.updated_at, organization.created_at);

        let token = unit.find_token(&TokenDigest::from_bytes([4; 32])).await.unwrap().unwrap();
        assert_eq!((token.epoch, token.session), (None, None));
        let entry = unit.find_entry(OutboxId::from_uuid(Uuid::from_u128(5))).await.unwrap().unwrap();
        let address = EmailAddress::parse("joe@acme.com").unwrap();
        assert_eq!(entry.intent, Intent::Resend { registration: None, address, generation: None });
        assert_eq!(unit.next_due(&Queue::Deciding).await.unwrap(), Some(entry.due_at));
        assert_eq!(unit.list_registrations(&RegistrationFilter::default(), None, 9).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn registrations_of_an_older_schema_cannot_be_corrected() {
    for engine in Engine::ALL {
        let (_database, store) = updated(engine).await;
        let mut unit = store.begin_read_only().await.unwrap();
        let registration = unit.list_registrations(&RegistrationFilter::default(), None, 9).await.unwrap().remove(0);
        assert_eq!(registration.state, RegistrationState::Pending);
        assert_eq!((registration.corrections, registration.corrections_left()), (NOT_CORRECTABLE, 0));
        assert!(!registration.was_corrected(), "its account gets its id");
    }
}

#[tokio::test]
async fn requests_of_an_older_schema_are_decided_and_those_without_an_email_deleted() {
    for engine in Engine::ALL {
        let (_database, store) = updated(engine).await;
        let mut unit = store.begin().await.unwrap();
        let ids: Vec<u128> =
            unit.list_entries(None, None, 9).await.unwrap().iter().map(|it| it.id.as_uuid().as_u128()).collect();
        assert_eq!(ids, [8, 7, 5], "{engine:?}");
        assert_eq!(unit.lock_due(&Queue::Deciding, Timestamp::from_unix_micros(3), 9).await.unwrap().len(), 1);
        // An entry that was sent can be sent again.
        let repeated = OutboxId::from_uuid(Uuid::from_u128(7));
        let address = EmailAddress::parse("joe@acme.com").unwrap();
        let intent = unit.find_entry(repeated).await.unwrap().unwrap().intent;
        assert_eq!(intent, Intent::RepeatVerification { address });
        let now = Timestamp::from_unix_micros(9);
        assert_eq!(unit.redrive_entry(repeated, now).await.unwrap(), Update::Applied);
        assert_eq!(unit.claim(&Queue::Mail, now, now, 9).await.unwrap().len(), 1);
    }
}
