//! `admin`: creates administrator accounts. There is no default account, and no other way to create the first one.

use std::io::{BufRead, Read, stdin};

use account_core::account::Role;
use account_core::operator::{Created, OperatorAccount};
use account_core::password::policy::PasswordPolicy;
use account_core::{AccountService, CallContext};
use zeroize::Zeroizing;

use crate::command_line::{AdminCommand, CreateAdmin};
use crate::error::CommandError;
use crate::output::print;
use crate::secret_text::bare;
use crate::terminal::Person;

/// Maximum number of bytes to read: more than the longest password needs.
const MAX_BYTES: u64 = 4_096;

/// Creates an account, or invites a person.
///
/// # Errors
/// If the address or the password breaks rules, the address has an account, or the store fails.
pub(crate) async fn admin(
    service: &AccountService,
    policy: PasswordPolicy,
    command: &AdminCommand,
) -> Result<(), CommandError> {
    let (email, role, password) = match command {
        AdminCommand::Create(create) => (&create.email, &create.role, password_of(create).await?),
        AdminCommand::Invite(invite) => (&invite.email, &invite.role, None),
    };
    // The command line allows only these.
    let role = Role::by_name(role).unwrap_or(Role::User);
    let wanted = OperatorAccount { email, role, password: password.as_deref().cloned() };
    let created = service.create_account_as_operator(wanted, policy, &CallContext::by("operator")).await?;
    print(&match created {
        Created::Account(account) => format!("Account {} created: {} {email}.\n", account.id, role.name()),
        Created::Invitation(invitation) => format!(
            "Invited {email} as {}. The service or `account-http worker` delivers the email. The link works until {}.\n",
            role.name(),
            invitation.expires_at
        ),
    });
    Ok(())
}

/// The password of a new account: from standard input, or from the person at the terminal. `None` if there is neither.
async fn password_of(create: &CreateAdmin) -> Result<Option<Zeroizing<String>>, CommandError> {
    if create.password_stdin {
        return read_password().map(Some);
    }
    let Some(person) = Person::at_terminal()? else { return Ok(None) };
    let password = person.ask(&format!("Password for {}: ", create.email)).await?;
    if password.is_empty() {
        return Err(CommandError::NoPassword);
    }
    let repeated = person.ask("Repeat the password: ").await?;
    if repeated != password {
        return Err(CommandError::PasswordsDiffer);
    }
    person.let_act();
    Ok(Some(password))
}

/// The first line of standard input.
fn read_password() -> Result<Zeroizing<String>, CommandError> {
    let mut line = Zeroizing::new(String::new());
    let read = stdin().lock().take(MAX_BYTES).read_line(&mut line);
    read.map_err(CommandError::system("cannot read the password from standard input"))?;
    Ok(Zeroizing::new(bare(&line).to_owned()))
}
