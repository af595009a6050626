//! The table of the sessions' benchmark.

use std::fmt;

use crate::{bench::statistics::median, machine::Machine};

/// One round: answers, or selects, a second.
pub(super) struct Round {
    pub(super) handler: f64,
    pub(super) select: f64,
    pub(super) me: f64,
    pub(super) gate: f64,
}

/// All rounds with one number of accounts.
pub(super) struct Rounds {
    pub(super) accounts: u32,
    pub(super) rounds: Vec<Round>,
}

/// All that was measured. Displayed as Markdown.
pub(super) struct Report {
    pub(super) command: String,
    pub(super) machine: Machine,
    pub(super) populations: Vec<Rounds>,
}

impl Round {
    /// The round in one line, for those who wait.
    pub(super) fn line(&self) -> String {
        let Self { handler, select, me, gate } = self;
        format!("handler {handler:.0}/s, SELECT {select:.0}/s, GET /me {me:.0}/s, GET /gate {gate:.0}/s")
    }
}

impl Rounds {
    fn row(&self, what: &str, figure: fn(&Round) -> f64, digits: usize) -> String {
        let figures: Vec<_> = self.rounds.iter().map(figure).collect();
        let rounds: Vec<_> = figures.iter().map(|figure| format!("{figure:.digits$}")).collect();
        format!("| {} | {what} | **{:.digits$}** | {} |", self.accounts, median(&figures), rounds.join(", "))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Command: `{}`\n", self.command)?;
        writeln!(f, "Machine: {}\n", self.machine)?;
        writeln!(f, "| accounts | figure | median | rounds |")?;
        write!(f, "|---|---|---|---|")?;
        for rounds in &self.populations {
            for row in [
                rounds.row("bare poem handler /s", |round| round.handler, 0),
                rounds.row("bare SELECT by primary key through SeaORM, without HTTP /s", |round| round.select, 0),
                rounds.row("`GET /account/v1/me` /s", |round| round.me, 0),
                rounds.row("`GET /account/v1/gate` /s", |round| round.gate, 0),
                rounds.row("`/me` to handler", |round| round.me / round.handler, 3),
                rounds.row("`/gate` to handler", |round| round.gate / round.handler, 3),
                rounds.row("`/me` to SELECT", |round| round.me / round.select, 3),
                rounds.row("`/gate` to SELECT", |round| round.gate / round.select, 3),
            ] {
                write!(f, "\n{row}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Round, Rounds};

    #[test]
    fn a_row_has_the_median_and_every_round() {
        let round = |me| Round { handler: 100.0, select: 50.0, me, gate: 30.0 };
        let rounds = Rounds { accounts: 1_000, rounds: vec![round(20.0), round(40.0), round(30.0)] };
        assert_eq!(
            rounds.row("ratio", |round| round.me / round.handler, 2),
            "| 1000 | ratio | **0.30** | 0.20, 0.40, 0.30 |"
        );
        assert_eq!(round(20.0).line(), "handler 100/s, SELECT 50/s, GET /me 20/s, GET /gate 30/s");
    }
}
