//! Checks passwords against the default policy, and measures how long a check takes.
//!
//! `cargo run --release -p account-core --example password_check < FILE` reads one password a line and prints the refused
//! ones with the rules that they break.

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};
use std::time::{Duration, Instant};

use account_core::password::Password;
use account_core::password::policy::PasswordPolicy;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut count, mut refused) = (0_u32, 0_u32);
    let (mut total, mut longest) = (Duration::ZERO, Duration::ZERO);
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let line = line?;
        let Ok(password) = Password::new(&line) else { continue };
        let begun = Instant::now();
        let broken =
            PasswordPolicy::DEFAULT.violations(&password, &["jane@companyname.com", "Jane Miller", "Accounts"]);
        let taken = begun.elapsed();
        (count, total, longest) = (count + 1, total + taken, longest.max(taken));
        if !broken.is_empty() {
            refused += 1;
            let codes: Vec<&str> = broken.iter().map(|rule| rule.code()).collect();
            writeln!(out, "{line}\t{}", codes.join(" "))?;
        }
    }
    let mean = total.checked_div(count).unwrap_or_default();
    writeln!(out, "{refused} of {count} refused; a check takes {mean:?} on average, {longest:?} at most")?;
    Ok(())
}
