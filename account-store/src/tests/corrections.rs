//! Corrected registrations, as builds that do not know corrections meet them.

use account_core::email_address::EmailAddress;
use account_core::id::RegistrationId;
use account_core::one_time_token::TokenDigest;
use account_core::ports::Store;
use account_core::ports::store::Update;
use account_core::profile::{Choices, RegistrationOrigin};
use account_core::registration::{CompletedBy, Ending, Registration, RegistrationState};
use account_core::timestamp::Timestamp;
use uuid::Uuid;

use super::connect;
use super::servers::ask;
use crate::DatabaseStore;
use crate::testing::{Engine, ThrowawayDatabase};

const NOW: Timestamp = Timestamp::from_unix_micros(1_767_225_600_000_000);

fn registration(email: &str) -> Registration {
    Registration {
        id: RegistrationId::from_uuid(Uuid::from_u128(1)),
        address: EmailAddress::parse(email).unwrap(),
        password_hash: None,
        choices: Choices::default(),
        origin: RegistrationOrigin { channel: "native".to_owned(), client_address: None },
        continuation: TokenDigest::from_bytes([1; 32]),
        state: RegistrationState::Pending,
        completed_by: None,
        corrections: 0,
        generation: 1,
        code: TokenDigest::from_bytes([2; 32]),
        key_id: "key".to_owned(),
        code_tries: 0,
        created_at: NOW,
        expires_at: NOW,
        shown_until: NOW,
    }
}

async fn stored_state(store: &DatabaseStore) -> String {
    ask(&store.connections.reader, "SELECT state FROM registrations").await.remove(0)
}

/// The account with the registration's id can be that of the former address's owner. An earlier build that completed
/// such a registration would give that account to the one who corrected the address.
#[tokio::test]
async fn earlier_builds_refuse_to_read_a_corrected_registration() {
    for engine in Engine::ALL {
        let database = ThrowawayDatabase::new(engine).await;
        let store = connect(database.url()).await;
        let first = registration("john@acme.com");
        let mut unit = store.begin().await.unwrap();
        unit.insert_registration(&first).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(stored_state(&store).await, RegistrationState::Pending.name());

        let mut unit = store.begin().await.unwrap();
        assert_eq!(unit.end_registration(first.id, Ending::Taken).await.unwrap(), Update::Applied);
        let corrected = Registration { generation: 2, corrections: 1, ..registration("john@acme.org") };
        assert_eq!(unit.correct_registration(&corrected).await.unwrap(), Update::Applied);
        unit.commit().await.unwrap();
        let state = stored_state(&store).await;
        // An earlier build knows exactly the states with these names, and fails on another.
        assert_eq!(RegistrationState::by_name(&state), None, "{state}");
        let mut unit = store.begin().await.unwrap();
        assert_eq!(unit.find_registration(first.id).await.unwrap(), Some(corrected));

        let completed = Ending::Completed(CompletedBy::Code);
        assert_eq!(unit.end_registration(first.id, completed).await.unwrap(), Update::Applied);
        unit.commit().await.unwrap();
        assert_eq!(stored_state(&store).await, RegistrationState::Completed.name());
    }
}
