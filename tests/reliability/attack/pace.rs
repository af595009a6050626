//! The pace of an attack.

/// Number and time span of the attempts in each attack.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct Pace {
    /// Number of attempts in each attack
    #[arg(long, default_value_t = 9_000, value_parser = clap::value_parser!(u32).range(1..=15_000))]
    pub(super) attempts: u32,
    /// Time span of the attempts, in seconds
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub(super) seconds: u32,
}
