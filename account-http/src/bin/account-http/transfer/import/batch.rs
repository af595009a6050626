//! Writing a batch of accounts, of which one may be unacceptable to the database.

use account_core::operator::import::{ImportOutcome, ImportedAccount};
use account_core::service::Unavailable;

/// Writes a batch in one commit. If the store refuses it for good, writes each account in a commit of its own: one that
/// the store cannot keep must not stop the others. Returns `None` for such an account.
///
/// # Errors
/// If the store fails for another reason, or refuses each of several accounts: then it is not about the accounts.
pub(super) async fn write_batch(
    accounts: Vec<ImportedAccount>,
    mut write: impl AsyncFnMut(Vec<ImportedAccount>) -> Result<Vec<ImportOutcome>, Unavailable>,
) -> Result<Vec<Option<ImportOutcome>>, Unavailable> {
    let refusal = match write(accounts.clone()).await {
        Ok(outcomes) => return Ok(outcomes.into_iter().map(Some).collect()),
        Err(error) if is_refusal(&error) => error,
        Err(error) => return Err(error),
    };
    // A store that refuses everything refuses nothing at all too.
    write(Vec::new()).await?;
    let is_single = accounts.len() == 1;
    let mut outcomes = Vec::with_capacity(accounts.len());
    for account in accounts {
        match write(vec![account]).await {
            Ok(written) => outcomes.extend(written.into_iter().map(Some)),
            Err(error) if is_refusal(&error) => outcomes.push(None),
            Err(error) => return Err(error),
        }
    }
    if is_single || outcomes.iter().any(Option::is_some) { Ok(outcomes) } else { Err(refusal) }
}

/// Returns whether the store will fail again with the same accounts.
const fn is_refusal(error: &Unavailable) -> bool {
    matches!(error, Unavailable::Store(error) if !error.is_transient())
}

#[cfg(test)]
mod tests {
    use super::*;
    use account_core::ports::StoreError;

    /// Writes accounts into a store that refuses `bad`, and fails at `busy`. Returns the outcome, and the sizes of the
    /// commits that were tried.
    async fn write(names: &[&str]) -> (Result<Vec<bool>, bool>, Vec<usize>) {
        let account = |name: &&str| ImportedAccount { email: (*name).to_owned(), ..ImportedAccount::default() };
        let mut sizes = Vec::new();
        let written = write_batch(names.iter().map(account).collect(), async |batch| {
            sizes.push(batch.len());
            let has = |name: &str| batch.iter().any(|account| account.email == name);
            if has("busy") && batch.len() == 1 {
                return Err(StoreError::transient("busy").into());
            }
            if has("bad") {
                return Err(StoreError::permanent("a NUL in a text").into());
            }
            Ok(vec![ImportOutcome::AlreadyThere; batch.len()])
        });
        let written = written.await;
        let written = written.map(|outcomes| outcomes.iter().map(Option::is_some).collect());
        (written.map_err(|error| is_refusal(&error)), sizes)
    }

    #[tokio::test]
    async fn an_account_that_the_store_refuses_costs_no_other() {
        assert_eq!(write(&["a", "b"]).await, (Ok(vec![true, true]), vec![2]));
        assert_eq!(write(&["a", "bad", "b"]).await, (Ok(vec![true, false, true]), vec![3, 0, 1, 1, 1]));
        assert_eq!(write(&["bad"]).await, (Ok(vec![false]), vec![1, 0, 1]), "the last of a file");
    }

    #[tokio::test]
    async fn a_store_that_fails_stops_the_import() {
        assert_eq!(write(&["busy"]).await, (Err(false), vec![1]));
        assert_eq!(write(&["a", "bad", "busy", "b"]).await, (Err(false), vec![4, 0, 1, 1, 1]));
        assert_eq!(write(&["bad", "bad"]).await, (Err(true), vec![2, 0, 1, 1]), "it refuses everything");
    }
}
