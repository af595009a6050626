//! The priority of threads.

#[cfg(target_os = "linux")]
use rustix::process::{getpriority_process, setpriority_process};

/// Makes the calling thread stand back for others: 0 does nothing, 19 is the most. A process that was started with a
/// higher value keeps that.
#[cfg(target_os = "linux")]
pub(crate) fn lower(nice: u8) {
    // On Linux this is about the calling thread alone.
    let thread = None;
    let lowered = getpriority_process(thread).and_then(|now| setpriority_process(thread, now.max(i32::from(nice))));
    if let Err(error) = lowered {
        tracing::warn!(event = "priority_not_lowered", %error, nice, "hashing has the same priority as all other work");
    }
}

/// Elsewhere, the priority is the whole process's.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn lower(_nice: u8) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::thread;

    use rustix::process::getpriority_process;

    use super::lower;

    #[test]
    fn one_thread_stands_back_and_no_other() {
        let before = getpriority_process(None).unwrap();
        let lowered = thread::spawn(|| {
            lower(15);
            getpriority_process(None).unwrap()
        });
        assert_eq!(lowered.join().unwrap(), 15);
        assert_eq!(getpriority_process(None).unwrap(), before);
    }
}
