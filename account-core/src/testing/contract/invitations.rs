//! Invitations.

use std::sync::Arc;

use super::Subject;
use super::fixtures::{MINUTE, NOW, address, committed, in_parallel, invitation, invitation_id, key, read};
use crate::account::Role;
use crate::id::InvitationId;
use crate::invitation::{Invitation, InvitationState};
use crate::ports::store::{UnitOfWork, Update};

const EMAIL: &str = "john@acme.com";

fn in_state(number: u8, state: InvitationState) -> Invitation {
    Invitation { state, ..invitation(number, EMAIL) }
}

async fn insert(unit: &mut dyn UnitOfWork, invitations: &[Invitation]) {
    for invitation in invitations {
        unit.insert_invitation(invitation).await.unwrap();
    }
}

fn ids(listed: &[Invitation]) -> Vec<InvitationId> {
    listed.iter().map(|found| found.id).collect()
}

/// Every field of an invitation comes back as it was written, the address in its spelling.
pub async fn an_invitation_comes_back_as_it_was_written(subject: &Subject) {
    let bare = Invitation {
        role: Role::User,
        organization: None,
        organization_role: None,
        invited_by: None,
        generation: u32::MAX,
        ..invitation(1, "JÖRG+Tag@Bücher.example")
    };
    let mut written = vec![bare];
    written.extend((2..).zip(InvitationState::ALL).map(|(number, state)| in_state(number, state)));
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| insert(unit, &written).await).await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for invitation in &written {
            let found = unit.find_invitation(invitation.id).await.unwrap().unwrap();
            assert_eq!(&found, invitation);
            assert_eq!(found.address.as_str(), invitation.address.as_str());
        }
        assert_eq!(unit.find_invitation(invitation_id(99)).await.unwrap(), None);
    })
    .await;
}

/// The pending invitations of a key are found, in any spelling, expired or not, by descending id.
pub async fn pending_invitations_of_a_key_are_found(subject: &Subject) {
    let expired = Invitation { expires_at: NOW, ..invitation(3, "JOHN@Acme.com") };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_pending_invitations(&key(EMAIL)).await.unwrap(), []);
        insert(unit, &[invitation(4, EMAIL), invitation(1, EMAIL), expired.clone()]).await;
        insert(unit, &[invitation(5, "jöhn@acme.com"), in_state(6, InvitationState::Revoked)]).await;
        let found = unit.find_pending_invitations(&key(EMAIL)).await.unwrap();
        assert_eq!(found, [invitation(4, EMAIL), expired, invitation(1, EMAIL)]);
    })
    .await;
}

/// A renewal sets generation, key and expiry, and nothing else.
pub async fn renewing_an_invitation_changes_nothing_but_its_token(subject: &Subject) {
    let renewed = Invitation {
        address: address("other@acme.com"),
        role: Role::User,
        organization: None,
        organization_role: None,
        invited_by: None,
        state: InvitationState::Void,
        generation: 2,
        key_id: "another".to_owned(),
        created_at: NOW + MINUTE,
        expires_at: NOW + MINUTE * 9,
        ..invitation(1, EMAIL)
    };
    let expected = Invitation {
        generation: 2,
        key_id: "another".to_owned(),
        expires_at: NOW + MINUTE * 9,
        ..invitation(1, EMAIL)
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[invitation(1, EMAIL), invitation(2, EMAIL)]).await;
        assert_eq!(unit.renew_invitation(&renewed).await.unwrap(), Update::Applied);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_invitation(invitation_id(1)).await.unwrap().as_ref(), Some(&expected));
        assert_eq!(unit.find_invitation(invitation_id(2)).await.unwrap(), Some(invitation(2, EMAIL)));
    })
    .await;
}

/// Only a pending invitation is renewed, expired or not, and only with the next generation.
pub async fn a_renewal_follows_a_pending_invitation(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, state) in (1..).zip(InvitationState::ALL) {
            insert(unit, &[in_state(number, state)]).await;
            for generation in [0, 1, 3] {
                let stale = Invitation { generation, key_id: "x".to_owned(), ..in_state(number, state) };
                assert_eq!(unit.renew_invitation(&stale).await.unwrap(), Update::Missed);
            }
            let stored = unit.find_invitation(invitation_id(number.into())).await.unwrap();
            assert_eq!(stored, Some(in_state(number, state)));
            let renewed = Invitation { generation: 2, ..in_state(number, state) };
            let expected = if state == InvitationState::Pending { Update::Applied } else { Update::Missed };
            assert_eq!(unit.renew_invitation(&renewed).await.unwrap(), expected, "{state:?}");
        }
        assert_eq!(unit.renew_invitation(&invitation(99, EMAIL)).await.unwrap(), Update::Missed);
    })
    .await;
}

/// Of many parallel renewals of one invitation, one wins.
pub async fn one_of_many_parallel_renewals_of_an_invitation_wins(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| insert(unit, &[invitation(1, EMAIL)]).await).await;
    let outcomes = in_parallel(20, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let renewed = Invitation { generation: 2, ..invitation(1, EMAIL) };
            let outcome = unit.renew_invitation(&renewed).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Update::Applied).count(), 1);
}

/// An invitation ends once, in any way, expired or not.
pub async fn an_invitation_ends_once(subject: &Subject) {
    let ends = [InvitationState::Accepted, InvitationState::Revoked, InvitationState::Void];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.end_invitation(invitation_id(1), ends[0]).await.unwrap(), Update::Missed);
        for (number, state) in (1_u8..).zip(ends) {
            let expired = Invitation { expires_at: NOW - MINUTE, ..invitation(number, EMAIL) };
            insert(unit, std::slice::from_ref(&expired)).await;
            assert_eq!(unit.end_invitation(expired.id, state).await.unwrap(), Update::Applied);
            for again in ends {
                assert_eq!(unit.end_invitation(expired.id, again).await.unwrap(), Update::Missed);
            }
            let stored = unit.find_invitation(expired.id).await.unwrap();
            assert_eq!(stored, Some(Invitation { state, ..expired }));
        }
    })
    .await;
}

/// Of many parallel acceptances of one invitation, one wins.
pub async fn one_of_many_parallel_acceptances_wins(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| insert(unit, &[invitation(1, EMAIL)]).await).await;
    let outcomes = in_parallel(40, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.end_invitation(invitation_id(1), InvitationState::Accepted).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Update::Applied).count(), 1);
}

/// Voiding ends every pending invitation of the key and no other.
pub async fn voiding_ends_every_pending_invitation_of_the_key(subject: &Subject) {
    let ended = in_state(3, InvitationState::Revoked);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[invitation(1, EMAIL), invitation(2, "JOHN@Acme.com"), ended.clone()]).await;
        insert(unit, &[invitation(4, "jöhn@acme.com")]).await;
        assert_eq!(unit.void_invitations(&key(EMAIL)).await.unwrap(), 2);
        assert_eq!(unit.void_invitations(&key(EMAIL)).await.unwrap(), 0);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let stored = unit.find_invitation(invitation_id(1)).await.unwrap();
        assert_eq!(stored, Some(in_state(1, InvitationState::Void)));
        assert_eq!(unit.find_invitation(invitation_id(2)).await.unwrap().unwrap().state, InvitationState::Void);
        assert_eq!(unit.find_invitation(invitation_id(3)).await.unwrap().as_ref(), Some(&ended));
        let stored = unit.find_invitation(invitation_id(4)).await.unwrap();
        assert_eq!(stored, Some(invitation(4, "jöhn@acme.com")));
    })
    .await;
}

/// Invitations are listed by descending id, in the given state if any, below the given id.
pub async fn invitations_are_listed_newest_first(subject: &Subject) {
    let revoked = || Some(InvitationState::Revoked);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.list_invitations(None, None, 10).await.unwrap(), []);
        insert(unit, &[invitation(2, EMAIL), in_state(1, InvitationState::Revoked), invitation(4, EMAIL)]).await;
        insert(unit, &[in_state(3, InvitationState::Revoked)]).await;
        let listed = unit.list_invitations(None, None, 10).await.unwrap();
        assert_eq!(ids(&listed), [4, 3, 2, 1].map(invitation_id));
        assert_eq!(listed[0], invitation(4, EMAIL));
        let first = ids(&unit.list_invitations(None, None, 2).await.unwrap());
        insert(unit, &[invitation(5, EMAIL)]).await;
        let second = ids(&unit.list_invitations(None, first.last().copied(), 2).await.unwrap());
        assert_eq!([first, second].concat(), [4, 3, 2, 1].map(invitation_id));
        assert_eq!(ids(&unit.list_invitations(revoked(), None, 10).await.unwrap()), [3, 1].map(invitation_id));
        let below = unit.list_invitations(revoked(), Some(invitation_id(3)), 10).await.unwrap();
        assert_eq!(ids(&below), [invitation_id(1)]);
        assert_eq!(unit.list_invitations(Some(InvitationState::Void), None, 10).await.unwrap(), []);
        assert_eq!(unit.list_invitations(None, None, 0).await.unwrap(), []);
    })
    .await;
}
