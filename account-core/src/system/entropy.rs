//! The operating system's generator.

use std::error::Error;

use crate::ports::Entropy;

/// The operating system's generator.
///
/// If it fails, the process exits immediately. Without randomness every token could be guessed, and a panic would end
/// only one request. Everything that was acknowledged is already in the store.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy {
    report: Option<fn(&dyn Error)>,
}

impl SystemEntropy {
    /// Creates the generator. If it fails, the process exits silently.
    #[must_use]
    pub const fn new() -> Self {
        Self { report: None }
    }

    /// Creates the generator. If it fails, `report` gets the error before the process exits.
    #[must_use]
    pub const fn reporting(report: fn(&dyn Error)) -> Self {
        Self { report: Some(report) }
    }
}

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        if let Err(error) = getrandom::fill(buffer) {
            if let Some(report) = self.report {
                report(&error);
            }
            std::process::abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_does_not_repeat_itself() {
        let (mut first, mut second) = ([0; 32], [0; 32]);
        SystemEntropy::new().fill(&mut first);
        SystemEntropy::new().fill(&mut second);
        assert_ne!(first, second);
    }
}
