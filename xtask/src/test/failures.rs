//! What failing tests printed.

/// The failures in the output of `cargo test`, without the frames of stack backtraces.
#[derive(Debug, Default)]
pub(super) struct Failures {
    lines: Vec<String>,
    is_inside: bool,
}

impl Failures {
    /// Reads the next line of the output.
    pub(super) fn read(&mut self, line: &str) {
        match line {
            "failures:" => self.is_inside = true,
            _ if line.starts_with("test result:") => self.is_inside = false,
            _ => {}
        }
        if self.is_inside && !is_frame(line) {
            self.lines.push(line.to_owned());
        }
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str)
    }
}

/// Whether it is the function or the place of a call in a backtrace: `  12: name` or `   at file:1:2`.
fn is_frame(line: &str) -> bool {
    let text = line.trim_start();
    let is_function = || {
        let number = text.split(": ").next();
        text.contains(": ") && number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    text.len() < line.len() && (text.starts_with("at ") || is_function())
}

#[cfg(test)]
mod tests {
    use super::Failures;

    #[test]
    fn failures_are_kept_without_what_passed_and_without_frames() {
        let mut failures = Failures::default();
        for line in "\
running 2 tests
test a ... ok
test b ... FAILED

failures:

---- b stdout ----
thread 'b' panicked at b.rs:1:1:
 left: 1
stack backtrace:
   0: core::panic
             at /rustc/panic.rs:9:2

failures:
    b

test result: FAILED. 1 passed; 1 failed
test c ... ok"
            .lines()
        {
            failures.read(line);
        }
        let expected = [
            "failures:",
            "",
            "---- b stdout ----",
            "thread 'b' panicked at b.rs:1:1:",
            " left: 1",
            "stack backtrace:",
            "",
            "failures:",
            "    b",
            "",
        ];
        assert_eq!(failures.lines().collect::<Vec<_>>(), expected);
    }
}
