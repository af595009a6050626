//! What roles and states are called, and how they look.

use account_core::account::{AccountState, OrganizationRole, Role};
use account_core::invitation::InvitationState;
use account_core::outbox::OutboxState;
use account_core::registration::RegistrationState;

use super::super::visit::Visit;
use super::super::words::say;
use super::view::Cell;

/// A value of a closed list, which people choose from and look at.
pub(super) trait Named: Copy + 'static {
    /// The values, in order.
    const VALUES: &'static [Self];
    /// Whether it is a state, which changes, and stands out.
    const IS_STATE: bool;

    /// Its name in addresses and forms.
    fn value(self) -> &'static str;

    /// The key of what it is called, and whether it is as it should be.
    fn words(self) -> (&'static str, Option<bool>);

    /// A cell that shows it.
    fn cell(self, visit: &Visit) -> Cell {
        let (key, is_good) = self.words();
        let text = say(visit.words(), key);
        match is_good {
            _ if Self::IS_STATE => Cell::state(text, is_good),
            Some(_) => Cell::text(text),
            None => Cell::quiet(text),
        }
    }

    /// Every value with what it is called.
    fn choices(visit: &Visit) -> Vec<(String, String)> {
        let choice = |one: &Self| (one.value().to_owned(), say(visit.words(), one.words().0));
        Self::VALUES.iter().map(choice).collect()
    }

    /// Every value, or none of them, to filter with.
    fn filters(visit: &Visit) -> Vec<(String, String)> {
        let all = (String::new(), say(visit.words(), "console-any"));
        [all].into_iter().chain(Self::choices(visit)).collect()
    }
}

/// Declares what the values of an enum are called.
macro_rules! named {
    (is_state = $is_state:literal; $name:ident: $($value:ident = $key:literal $is_good:expr;)+) => {
        impl Named for $name {
            const VALUES: &'static [Self] = &Self::ALL;
            const IS_STATE: bool = $is_state;

            fn value(self) -> &'static str {
                self.name()
            }

            fn words(self) -> (&'static str, Option<bool>) {
                match self {
                    $(Self::$value => ($key, $is_good),)+
                }
            }
        }
    };
}

named! {
    is_state = false;
    Role:
    User = "console-role-user" None;
    Admin = "console-role-admin" Some(true);
    SuperAdmin = "console-role-super-admin" Some(true);
}

named! {
    is_state = false;
    OrganizationRole:
    Member = "console-role-member" None;
    Administrator = "console-role-organization-administrator" Some(true);
}

named! {
    is_state = true;
    AccountState:
    Active = "console-state-active" Some(true);
    Unverified = "console-state-unverified" None;
    Deleting = "console-state-deleting" Some(false);
    Disabled = "console-state-disabled" Some(false);
}

named! {
    is_state = true;
    RegistrationState:
    Pending = "console-state-pending" None;
    Completed = "console-state-completed" Some(true);
    Taken = "console-state-taken" None;
    Void = "console-state-void" None;
}

named! {
    is_state = true;
    InvitationState:
    Pending = "console-state-pending" None;
    Accepted = "console-state-accepted" Some(true);
    Revoked = "console-state-revoked" Some(false);
    Void = "console-state-void" None;
}

named! {
    is_state = true;
    OutboxState:
    Queued = "console-state-queued" None;
    HandedOver = "console-state-sent" Some(true);
    Dropped = "console-state-dropped" None;
    Dead = "console-state-dead" Some(false);
    Bounced = "console-state-bounced" Some(false);
}
