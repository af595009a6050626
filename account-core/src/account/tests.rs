//! What owners do with their accounts, on a store in memory, one file a topic.

#![expect(clippy::unchecked_time_subtraction, reason = "the durations are the tests' own")]

mod addresses;
mod deletion;
mod details;
mod look_up;
mod notices;
mod passwords;
mod purposes;
mod renewals;
mod secondary_addresses;
mod world;

use std::collections::BTreeSet;
use std::time::Duration;

use super::address::ConfirmAddressError;
use super::deletion::DeletionError;
use super::details::{ChangeDetailsError, ProfileEdits};
use super::password::ChangePasswordError;
use super::{Account, Role, SecondaryAddress};
use crate::audit::{Actor, AuditEvent};
use crate::input::{Edit, Input};
use crate::one_time_token::SecretToken;
use crate::outbox::mail::MailContent;
use crate::password::policy::PasswordPolicy;
use crate::ports::{Clock, Rate};
use crate::registration::verify::Gone;
use crate::service::{CallContext, Failure, Limited};
use crate::violation::{Field, Rule, Violations};

pub(crate) use world::{EMAIL, NEW_PASSWORD, PASSWORD, World, by, from, link_in, why};

const HOUR: Duration = Duration::from_hours(1);
const SECOND: Duration = Duration::from_secs(1);
const MICROSECOND: Duration = Duration::from_micros(1);

fn rules(violations: &Violations) -> Vec<(Field, Rule)> {
    violations.iter().map(|violation| (violation.field, violation.rule)).collect()
}
