//! The store contract as tests: one function per clause, named after what must hold.
//!
//! [`store_contract!`](crate::store_contract) makes a `#[tokio::test]` of each clause, so that a store's test file is
//! one line. Each clause gets its own new, empty store, and panics if the store breaks it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "the clauses are tests: to panic is how they report"
)]

pub mod account_lists;
pub mod accounts;
pub mod accounts_changing;
pub mod accounts_ending;
pub mod audit_trail;
pub mod clients;
pub mod features;
pub mod figures;
mod fixtures;
pub mod holding;
pub mod housekeeping;
pub mod idempotency_records;
pub mod identities;
pub mod invitations;
pub mod one_time_tokens;
pub mod organizations;
pub mod outbox;
pub mod outbox_claims;
pub mod outbox_deciding;
pub mod outbox_lists;
pub mod outbox_queues;
pub mod outbox_refused;
pub mod rate_limits;
pub mod registration_lists;
pub mod registrations;
pub mod registrations_ending;
pub mod sessions;
pub mod signed_in;
pub mod unit_of_work;

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::ports::{RateLimiter, Store};

/// A new, empty store to test a clause on.
pub struct Subject {
    /// The store.
    pub store: Arc<dyn Store>,
    /// Its rate limiter.
    pub limiter: Arc<dyn RateLimiter>,
    _kept: Box<dyn Any + Send>,
}

impl Subject {
    /// Uses a store that is also a rate limiter.
    pub fn new(store: impl Store + RateLimiter + 'static) -> Self {
        Self::keeping((), store)
    }

    /// Uses a store that is also a rate limiter, and keeps something alive with it, such as its temporary directory.
    pub fn keeping(kept: impl Any + Send, store: impl Store + RateLimiter + 'static) -> Self {
        let store = Arc::new(store);
        Self { store: Arc::clone(&store) as Arc<dyn Store>, limiter: store, _kept: Box::new(kept) }
    }

    /// Uses a separate store and rate limiter.
    pub fn apart(store: impl Store + 'static, limiter: impl RateLimiter + 'static) -> Self {
        Self { store: Arc::new(store), limiter: Arc::new(limiter), _kept: Box::new(()) }
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subject(..)")
    }
}

/// Makes a test of every clause of the store contract. The expression must evaluate to a
/// [`Subject`](crate::testing::contract::Subject). It is evaluated for each clause in an async function, so it may
/// await.
///
/// The package that uses it needs tokio with the features `macros` and `rt-multi-thread`.
///
/// ```no_run
/// use account_core::testing::{MemoryStore, contract::Subject};
///
/// account_core::store_contract!(Subject::new(MemoryStore::new()));
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! store_contract {
    ($subject:expr) => {
        $crate::store_contract_clauses! { store_contract_tests $subject }
    };
}

/// Passes every clause to another macro of this crate.
#[doc(hidden)]
#[macro_export]
macro_rules! store_contract_clauses {
    ($macro:ident $($given:tt)*) => {
        $crate::$macro! { $($given)*;
            unit_of_work {
                committed_work_is_seen_by_others
                a_unit_of_work_sees_its_own_changes
                others_see_nothing_before_commit
                dropping_rolls_back
                rolling_back_undoes_everything
                undone_work_can_be_done_again
                rolling_back_undoes_updates
                a_conflict_leaves_the_unit_of_work_usable
                a_missed_update_leaves_the_unit_of_work_usable
                a_read_only_unit_of_work_refuses_to_write
                a_reader_blocks_no_writer
                readers_do_not_wait_for_each_other
                parallel_units_of_work_all_commit
                a_cancelled_task_leaves_nothing_half_done
                a_reachable_store_answers_a_ping
            }
            registrations {
                a_registration_comes_back_as_it_was_written
                the_policy_that_a_chosen_password_passed_comes_back
                absent_values_come_back_absent
                extreme_times_and_counts_come_back
                a_long_profile_comes_back_complete
                the_longest_address_comes_back_complete
                client_addresses_come_back
                every_state_of_a_registration_comes_back
                an_unknown_registration_is_absent
                an_address_can_have_several_registrations
                a_registration_is_found_by_its_continuation
                the_newest_registration_was_created_last
                the_higher_id_is_newer_within_a_microsecond
                the_newest_registration_may_be_anything_but_completed
                keys_of_registrations_are_compared_byte_by_byte
                keys_of_registrations_that_are_not_completed_are_found_together
                renewing_replaces_the_code_and_nothing_else
                a_renewal_must_follow_the_stored_generation
                a_completed_registration_is_not_renewed
                one_of_many_parallel_renewals_wins
                correcting_replaces_the_address_and_nothing_else
                a_correction_must_follow_what_is_stored
                a_corrected_registration_is_pending_like_any_other
                one_of_many_parallel_corrections_wins
                what_completed_a_registration_comes_back
            }
            registrations_ending {
                tries_are_counted_up_to_the_maximum
                parallel_tries_never_exceed_the_maximum
                tries_are_counted_in_every_state
                completing_a_registration_wipes_its_choices_and_its_hash
                a_registration_ends_once
                a_registration_that_was_not_completed_is_revoked
                an_expired_registration_can_be_ended
                one_of_many_parallel_endings_wins
                voiding_ends_every_pending_registration_of_the_key
            }
            registration_lists {
                registrations_are_listed_newest_first
                pages_of_registrations_are_stable
                registrations_are_listed_by_state
                registrations_are_listed_by_address
            }
            one_time_tokens {
                a_token_comes_back_as_it_was_written
                an_unknown_token_is_absent
                a_second_token_with_the_digest_is_an_error
                a_token_is_redeemed_once
                an_expired_token_is_not_redeemed
                an_ended_token_is_not_redeemed
                a_token_is_spent_only_for_its_purpose
                one_of_many_parallel_redeems_wins
                a_rolled_back_redeem_leaves_the_token_live
                the_live_token_of_a_subject_is_found
                tokens_of_a_subject_end_together
                older_tokens_of_a_subject_are_removed
                tokens_of_an_address_end_together
                tokens_end_by_their_own_purpose
            }
            accounts {
                an_account_comes_back_as_it_was_written
                the_policy_that_a_password_passed_comes_back
                an_unknown_account_is_absent
                the_credential_is_of_the_verified_account_or_the_newest
                an_account_id_is_unique
                an_account_key_is_unique_among_verified_addresses
                an_unverified_address_holds_no_claim
                a_user_name_is_unique
                a_taken_address_is_reported_before_a_taken_user_name
                names_of_accounts_are_compared_byte_by_byte
                one_of_many_parallel_accounts_of_one_address_wins
                a_rolled_back_account_claims_nothing
                every_role_of_an_account_comes_back
                the_keys_of_accounts_are_found_together
            }
            accounts_changing {
                an_account_is_replaced_by_the_version_after_it
                a_new_hash_brings_its_own_policy
                an_update_removes_what_it_leaves_out
                an_update_of_a_stale_version_is_missed
                an_update_to_a_taken_user_name_conflicts
                an_update_to_a_verified_address_conflicts
                an_address_is_claimed_when_it_is_verified
                an_account_conflicts_only_on_its_unique_values
                one_of_many_parallel_updates_of_one_version_wins
                one_of_many_parallel_updates_to_one_user_name_wins
                accounts_of_an_unverified_address_are_found
            }
            accounts_ending {
                token_generations_of_an_account_count_from_1
                parallel_token_generations_are_distinct
                deleting_an_account_deletes_its_sessions_and_tokens
                an_account_of_another_version_is_not_deleted
                a_rolled_back_change_of_an_account_has_no_effect
            }
            account_lists {
                accounts_are_listed_newest_first
                pages_of_accounts_are_stable
                a_text_is_searched_literally_and_in_any_case
                a_search_finds_the_current_values
                accounts_are_filtered
                every_account_is_scanned_oldest_first
                other_super_admins_are_counted
                super_admins_who_step_down_at_once_leave_one
                accounts_due_for_deletion_are_found
            }
            sessions {
                a_session_comes_back_as_it_was_written
                an_unknown_session_is_absent
                a_session_is_found_by_its_id
                the_end_of_an_access_token_comes_back_as_it_was_written
                an_expired_session_is_still_found
                sessions_of_an_account_are_listed_newest_first
                a_thousand_sessions_of_an_account_are_listed_at_most
                the_last_use_of_a_session_moves_forward_only
                a_session_can_replace_another
                one_of_many_parallel_replacements_wins
                an_account_removes_its_own_sessions_only
                removing_a_session_removes_its_renewal_tokens
                all_sessions_of_an_account_but_one_are_removed
            }
            signed_in {
                a_token_finds_its_session_and_account
                a_token_that_has_ended_still_finds_its_session
                an_unknown_token_finds_nobody
                a_signed_in_account_is_found_in_every_state
                a_session_check_sees_earlier_commits
                a_session_check_sees_the_newest_state_after_cancelled_units_of_work
                a_session_check_does_not_see_uncommitted_changes
            }
            organizations {
                an_organization_comes_back_as_it_was_written
                the_id_and_code_of_an_organization_are_unique
                an_organization_is_found_by_its_code
                an_update_of_an_organization_keeps_its_code
                one_of_many_parallel_updates_of_an_organization_wins
                an_organization_with_members_stays
                organizations_are_listed_newest_first
            }
            clients {
                a_client_comes_back_as_it_was_written
                the_id_of_a_client_is_unique
                one_of_many_parallel_clients_of_one_id_wins
                a_client_is_replaced_by_the_version_after_it
                a_client_is_removed
                clients_of_an_organization_are_found
                clients_are_listed_by_id
            }
            invitations {
                an_invitation_comes_back_as_it_was_written
                pending_invitations_of_a_key_are_found
                renewing_an_invitation_changes_nothing_but_its_token
                a_renewal_follows_a_pending_invitation
                one_of_many_parallel_renewals_of_an_invitation_wins
                an_invitation_ends_once
                one_of_many_parallel_acceptances_wins
                voiding_ends_every_pending_invitation_of_the_key
                invitations_are_listed_newest_first
            }
            features {
                a_feature_comes_back_as_it_was_written
                a_feature_begins_with_version_1_once
                a_feature_is_replaced_by_the_version_after_it
                one_of_many_parallel_switches_wins
            }
            outbox {
                an_entry_comes_back_as_it_was_written
                every_intent_comes_back
                a_settlement_is_kept
                an_entry_that_was_settled_stays_settled
                an_unknown_entry_is_missed
                the_newest_entry_of_a_registration_was_created_last
                the_next_due_time_is_known
            }
            outbox_claims {
                an_entry_is_claimed_once_it_is_due
                a_claim_returns_what_is_stored
                the_longest_due_are_claimed_first
                an_entry_with_an_expired_lease_is_claimed_again
                a_deferred_entry_is_claimed_when_it_is_due_again
                a_late_worker_settles_nothing
                a_slow_worker_may_settle_if_nobody_else_claimed
                two_workers_never_claim_one_entry
                a_rolled_back_claim_has_no_effect
            }
            outbox_deciding {
                locking_and_claiming_select_the_same_entries
                entries_are_removed_by_their_fences
                many_entries_are_removed_together
                each_entry_is_removed_by_one_worker
                a_decided_entry_becomes_a_mail
                a_decision_must_fit_its_entry
            }
            outbox_queues {
                every_event_comes_back
                queues_are_claimed_separately
                queues_are_claimed_in_parallel
                each_queue_has_its_own_next_due_time
                entries_are_counted_by_queue
                an_event_is_not_a_mail
                unclaimed_events_are_given_up
            }
            outbox_refused {
                a_refusal_is_kept_until_the_next_settlement
                refused_entries_are_found
                later_refusals_hide_no_earlier_ones
                refused_entries_are_requeued
                only_bounces_of_an_address_count_against_it
            }
            outbox_lists {
                an_entry_is_found_by_its_id
                entries_are_listed_newest_first
                a_dead_entry_is_requeued
                only_dead_entries_are_requeued
                an_unclaimed_entry_can_be_dropped
                a_leased_entry_is_not_dropped
                dropping_an_entry_fences_its_worker_out
                only_delivered_entries_bounce
                a_bounce_is_found_by_registration
                entries_are_counted_by_state
                the_oldest_queued_entry_is_found
            }
            audit_trail {
                an_audit_entry_comes_back_as_it_was_written
                every_audit_event_comes_back
                audit_entries_are_listed_newest_first
                audit_entries_about_or_by_an_account_are_found
            }
            figures {
                registrations_are_counted_by_day
                mails_handed_over_are_counted_by_day
                events_are_counted_by_day
                waits_for_mails_are_found
                waits_for_confirmations_are_found
                waits_are_never_negative
            }
            idempotency_records {
                a_record_comes_back_as_it_was_written
                an_idempotency_key_is_unique
                one_of_many_parallel_requests_with_one_key_runs
                a_record_is_replaced_by_the_request_that_started_it
                a_record_is_deleted_by_the_request_that_started_it
            }
            identities {
                an_identity_comes_back_as_it_was_written
                an_identity_is_linked_to_one_account
                one_of_many_parallel_links_of_an_identity_succeeds
                identities_of_an_account_are_listed_in_order
                using_an_identity_changes_what_is_shown_and_when
                an_identity_is_deleted_with_its_owner_named
                deleting_an_account_deletes_its_identities
                a_flow_comes_back_as_it_was_written
                one_of_many_parallel_requests_deletes_a_flow
            }
            holding {
                an_account_that_was_read_is_locked
                an_account_that_was_read_by_another_key_is_locked
                readers_do_not_wait_for_locks
                a_reader_sees_a_consistent_snapshot
                an_organization_is_not_deleted_while_a_member_joins
                an_address_is_locked_by_one_at_a_time
                addresses_named_in_opposite_orders_do_not_deadlock
                locks_are_released_at_the_end
                a_reader_takes_no_locks
            }
            housekeeping {
                secrets_of_expired_registrations_are_wiped
                expired_registrations_are_removed
                expired_tokens_are_removed
                sessions_that_are_not_live_are_removed
                expired_idempotency_records_are_removed
                expired_flows_are_removed
                expired_invitations_are_removed
                settled_entries_are_removed
                entries_of_a_fast_clock_become_due
                old_audit_entries_are_removed
                client_addresses_of_old_registrations_are_wiped
                client_addresses_of_old_audit_entries_are_wiped
                client_addresses_of_old_sessions_are_wiped
                parallel_purges_remove_every_row_once
            }
            rate_limits {
                a_limit_is_exact
                a_refused_event_is_not_counted
                counters_are_separate_by_limit_and_key
                a_long_key_is_compared_in_full
                charges_are_counted_all_or_none
                the_first_charge_that_does_not_fit_is_reported
                one_counter_may_be_charged_twice
                a_charge_can_have_a_substitute
                a_substitute_is_counted_only_when_it_is_used
                off_allows_everything_and_zero_nothing
                a_limit_holds_for_parallel_requests
                counters_named_in_opposite_orders_do_not_deadlock
                a_high_limit_holds
                a_cleared_counter_starts_again
                a_returned_event_no_longer_counts
                parallel_returns_remove_one_event_each
                only_empty_counters_are_purged
                a_counter_in_use_is_not_purged
            }
        }
    };
}

/// The part of [`store_contract!`](crate::store_contract) that makes the tests.
#[doc(hidden)]
#[macro_export]
macro_rules! store_contract_tests {
    ($subject:expr; $($role:ident { $($clause:ident)* })*) => {
        $(
            mod $role {
                #[allow(unused_imports, clippy::allow_attributes, reason = "a subject may need nothing")]
                use super::*;
                $(
                    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                    async fn $clause() {
                        let subject: $crate::testing::contract::Subject = $subject;
                        $crate::testing::contract::$role::$clause(&subject).await;
                    }
                )*
            }
        )*
    };
}

/// The part of [`run_every_clause`] that does the work.
#[doc(hidden)]
#[macro_export]
macro_rules! store_contract_run {
    ($subject:expr; $($role:ident { $($clause:ident)* })*) => {
        [$($({
            Box::pin($role::$clause(&$subject().await)).await;
            stringify!($clause)
        },)*)*]
    };
}

/// Runs every clause on its own subject, one after another, where there is no test harness, as in an example. Returns
/// the number of clauses if all of them hold; panics otherwise.
///
/// Needs a multi-threaded tokio runtime, because some clauses block threads.
pub async fn run_every_clause(subject: impl AsyncFn() -> Subject) -> usize {
    store_contract_clauses!(store_contract_run subject).len()
}

#[cfg(test)]
mod tests {
    use super::Subject;
    use crate::testing::MemoryStore;

    store_contract!(Subject::new(MemoryStore::new()));

    #[test]
    fn every_clause_is_a_test() {
        let listed: Vec<&str> = include_str!("contract.rs").split_whitespace().collect();
        let sources = [
            include_str!("contract/account_lists.rs"),
            include_str!("contract/accounts.rs"),
            include_str!("contract/accounts_changing.rs"),
            include_str!("contract/accounts_ending.rs"),
            include_str!("contract/audit_trail.rs"),
            include_str!("contract/clients.rs"),
            include_str!("contract/features.rs"),
            include_str!("contract/figures.rs"),
            include_str!("contract/holding.rs"),
            include_str!("contract/housekeeping.rs"),
            include_str!("contract/idempotency_records.rs"),
            include_str!("contract/identities.rs"),
            include_str!("contract/invitations.rs"),
            include_str!("contract/organizations.rs"),
            include_str!("contract/outbox.rs"),
            include_str!("contract/outbox_claims.rs"),
            include_str!("contract/outbox_deciding.rs"),
            include_str!("contract/outbox_queues.rs"),
            include_str!("contract/outbox_lists.rs"),
            include_str!("contract/outbox_refused.rs"),
            include_str!("contract/rate_limits.rs"),
            include_str!("contract/registration_lists.rs"),
            include_str!("contract/registrations.rs"),
            include_str!("contract/registrations_ending.rs"),
            include_str!("contract/sessions.rs"),
            include_str!("contract/signed_in.rs"),
            include_str!("contract/unit_of_work.rs"),
            include_str!("contract/one_time_tokens.rs"),
        ];
        for clause in sources.iter().flat_map(|source| source.split("\npub async fn ").skip(1)) {
            let name = clause.split('(').next().unwrap();
            assert!(listed.contains(&name), "{name} is missing in store_contract!");
        }
    }
}
