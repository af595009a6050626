//! Forgotten passwords, on a store in memory.

mod redeeming;
mod requesting;

use std::time::Duration;

use crate::account::tests::{EMAIL, NEW_PASSWORD, PASSWORD, World, by, from, link_in, why};
use crate::account::{Account, Role};
use crate::audit::AuditEvent;
use crate::ports::{Clock, Rate};

const HOUR: Duration = Duration::from_hours(1);
