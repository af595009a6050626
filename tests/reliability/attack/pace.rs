//! How hard an attacker tries.

/// How often, in each attack, and in what time.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct Pace {
    /// How often the attacker tries, in each attack.
    #[arg(long, default_value_t = 9_000, value_parser = clap::value_parser!(u32).range(1..=15_000))]
    pub(super) attempts: u32,
    /// In how many seconds.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub(super) seconds: u32,
}
