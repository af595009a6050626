//! The hashing workers: threads and their bounded queue.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use argon2::Params;
use async_trait::async_trait;
use tokio::sync::oneshot;

use super::stored::is_made_with;
use super::{Argon2Settings, Hasher};
use crate::password::{Password, PasswordHash};
use crate::ports::{HashingError, HashingSlot, Overloaded, PasswordHasher, Urgency};

/// Hashes passwords with Argon2id, each worker on its own thread. Dropping it stops the workers when they have finished
/// their current hashes; callers that still wait get [`HashingError::Stopped`].
#[derive(Debug)]
pub struct Argon2Workers {
    params: Params,
    queue: Arc<Queue>,
    threads: Vec<thread::JoinHandle<()>>,
}

/// The load of the workers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WorkersLoad {
    /// The number of workers.
    pub workers: usize,
    /// How many of them are computing a hash.
    pub computing: usize,
    /// How many hashes wait for a worker.
    pub waiting: usize,
    /// How many requests were refused since the start because the queue was full.
    pub refused: u64,
}

/// The workers cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum WorkersError {
    /// Argon2 does not allow these parameters.
    #[error("Argon2 does not allow these parameters")]
    Parameters(#[source] argon2::Error),
    /// The number of workers is 0.
    #[error("at least one hashing worker is needed")]
    NoWorker,
    /// The operating system could not create a thread.
    #[error("cannot start a hashing worker")]
    Thread(#[source] std::io::Error),
}

impl Argon2Workers {
    /// Starts the workers.
    ///
    /// # Errors
    /// [`WorkersError`] if the settings cannot be used or a thread cannot be created.
    pub fn start(settings: Argon2Settings) -> Result<Self, WorkersError> {
        let params = settings.params().map_err(WorkersError::Parameters)?;
        if settings.workers == 0 {
            return Err(WorkersError::NoWorker);
        }
        let queue = Arc::new(Queue {
            jobs: Mutex::default(),
            arrival: Condvar::new(),
            places: settings.workers.saturating_add(settings.queue),
        });
        let mut workers = Self { params: params.clone(), queue, threads: Vec::with_capacity(settings.workers) };
        for worker in 0..settings.workers {
            let queue = Arc::clone(&workers.queue);
            let mut hasher = Hasher::new(params.clone());
            let thread = thread::Builder::new()
                .name(format!("argon2-{worker}"))
                .spawn(move || {
                    while let Some(job) = queue.take() {
                        // A panic affects only its job: the caller gets an error, and the worker continues.
                        let _ = catch_unwind(AssertUnwindSafe(|| job.run(&mut hasher)));
                        queue.lock().computing -= 1;
                    }
                })
                .map_err(WorkersError::Thread)?;
            workers.threads.push(thread);
        }
        Ok(workers)
    }

    /// Returns how many places are taken: by hashes being computed, hashes waiting, and slots not used yet.
    #[must_use]
    pub fn places_taken(&self) -> usize {
        self.queue.lock().places_taken
    }

    /// Returns the current load.
    #[must_use]
    pub fn load(&self) -> WorkersLoad {
        let jobs = self.queue.lock();
        WorkersLoad {
            workers: self.threads.len(),
            computing: jobs.computing,
            waiting: jobs.sign_ins.len() + jobs.registrations.len(),
            refused: jobs.refused,
        }
    }
}

impl Drop for Argon2Workers {
    fn drop(&mut self) {
        self.queue.stop();
        for thread in self.threads.drain(..) {
            // A panic of the worker does not matter any more.
            let _ = thread.join();
        }
    }
}

impl PasswordHasher for Argon2Workers {
    fn admit(&self, urgency: Urgency) -> Result<Box<dyn HashingSlot>, Overloaded> {
        let place = Place::take(&self.queue)?;
        Ok(Box::new(Slot { urgency, place }))
    }

    fn is_current(&self, hash: &PasswordHash) -> bool {
        is_made_with(&self.params, hash)
    }
}

/// The waiting jobs, shared by callers and workers.
#[derive(Debug)]
struct Queue {
    jobs: Mutex<Jobs>,
    arrival: Condvar,
    places: usize,
}

#[derive(Debug, Default)]
struct Jobs {
    sign_ins: VecDeque<Job>,
    registrations: VecDeque<Job>,
    places_taken: usize,
    computing: usize,
    refused: u64,
    is_stopped: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Jobs> {
        // No code panics in the middle of a change while it holds the lock.
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, urgency: Urgency, job: Job) {
        let mut jobs = self.lock();
        if jobs.is_stopped {
            // Unlock before the job is dropped: that frees its place, which needs the lock.
            drop(jobs);
            return;
        }
        match urgency {
            Urgency::SignIn => jobs.sign_ins.push_back(job),
            Urgency::Registration => jobs.registrations.push_back(job),
        }
        drop(jobs);
        self.arrival.notify_one();
    }

    /// Waits for the next job; `None` when the workers must stop.
    fn take(&self) -> Option<Job> {
        let mut jobs = self.lock();
        loop {
            if jobs.is_stopped {
                return None;
            }
            if let Some(job) = jobs.sign_ins.pop_front().or_else(|| jobs.registrations.pop_front()) {
                jobs.computing += 1;
                return Some(job);
            }
            jobs = self.arrival.wait(jobs).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn stop(&self) {
        let mut jobs = self.lock();
        jobs.is_stopped = true;
        // Dropping a job frees its place, which needs the lock.
        let waiting = (std::mem::take(&mut jobs.sign_ins), std::mem::take(&mut jobs.registrations));
        drop(jobs);
        drop(waiting);
        self.arrival.notify_all();
    }
}

/// One taken place; freed when dropped.
#[derive(Debug)]
struct Place(Arc<Queue>);

impl Place {
    fn take(queue: &Arc<Queue>) -> Result<Self, Overloaded> {
        let mut jobs = queue.lock();
        if jobs.places_taken >= queue.places {
            jobs.refused += 1;
            return Err(Overloaded);
        }
        jobs.places_taken += 1;
        drop(jobs);
        Ok(Self(Arc::clone(queue)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.lock().places_taken -= 1;
    }
}

#[derive(Debug)]
struct Slot {
    urgency: Urgency,
    place: Place,
}

impl Slot {
    async fn ask<T>(
        self,
        job: impl FnOnce(oneshot::Sender<Result<T, HashingError>>) -> Work,
    ) -> Result<T, HashingError> {
        let (reply, answer) = oneshot::channel();
        let queue = Arc::clone(&self.place.0);
        queue.put(self.urgency, Job { work: job(reply), place: self.place });
        answer.await.unwrap_or(Err(HashingError::Stopped))
    }
}

#[async_trait]
impl HashingSlot for Slot {
    async fn hash(self: Box<Self>, password: Password, salt: [u8; 16]) -> Result<PasswordHash, HashingError> {
        self.ask(|reply| Work::Hash { password, salt, reply }).await
    }

    async fn verify(self: Box<Self>, password: Password, hash: Option<PasswordHash>) -> Result<bool, HashingError> {
        self.ask(|reply| Work::Verify { password, hash, reply }).await
    }
}

/// A hash to compute, and the place that it occupies until then.
#[derive(Debug)]
struct Job {
    work: Work,
    place: Place,
}

#[derive(Debug)]
enum Work {
    Hash { password: Password, salt: [u8; 16], reply: oneshot::Sender<Result<PasswordHash, HashingError>> },
    Verify { password: Password, hash: Option<PasswordHash>, reply: oneshot::Sender<Result<bool, HashingError>> },
}

impl Job {
    /// Computes the hash, unless the caller has gone away.
    fn run(self, hasher: &mut Hasher) {
        let Self { work, place } = self;
        match work {
            Work::Hash { password, salt, reply } if !reply.is_closed() => {
                let answer = hasher.hash(&password, salt);
                // Free the place before sending the answer, so that the caller can immediately take it again.
                drop(place);
                let _ = reply.send(answer);
            }
            Work::Verify { password, hash, reply } if !reply.is_closed() => {
                let answer = hasher.verify(&password, hash.as_ref());
                drop(place);
                let _ = reply.send(answer);
            }
            Work::Hash { .. } | Work::Verify { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workers(workers: usize, queue: usize) -> Argon2Workers {
        Argon2Workers::start(Argon2Settings { memory_kib: 64, iterations: 1, parallelism: 1, workers, queue }).unwrap()
    }

    fn password() -> Password {
        Password::new("correct horse battery staple").unwrap()
    }

    #[tokio::test]
    async fn a_slot_hashes_and_verifies() {
        let workers = workers(2, 2);
        let hash = workers.admit(Urgency::Registration).unwrap().hash(password(), [1; 16]).await.unwrap();
        assert!(workers.admit(Urgency::SignIn).unwrap().verify(password(), Some(hash)).await.unwrap());
        assert!(!workers.admit(Urgency::SignIn).unwrap().verify(password(), None).await.unwrap());
        assert_eq!(workers.places_taken(), 0);
    }

    #[tokio::test]
    async fn a_full_queue_says_so_at_once_and_dropped_slots_are_free_again() {
        let workers = workers(1, 1);
        let first = workers.admit(Urgency::Registration).unwrap();
        let second = workers.admit(Urgency::Registration).unwrap();
        assert_eq!(workers.admit(Urgency::SignIn).err(), Some(Overloaded));
        drop(first);
        drop(second);
        assert!(workers.admit(Urgency::SignIn).is_ok());
    }

    #[tokio::test]
    async fn the_load_counts_what_is_computed_and_what_was_refused() {
        let workers = workers(1, 0);
        assert_eq!(workers.load(), WorkersLoad { workers: 1, ..WorkersLoad::default() });
        let slot = workers.admit(Urgency::Registration).unwrap();
        assert!(workers.admit(Urgency::SignIn).is_err());
        assert_eq!(workers.load(), WorkersLoad { workers: 1, refused: 1, ..WorkersLoad::default() });
        slot.hash(password(), [1; 16]).await.unwrap();
        while workers.load().computing > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(workers.load(), WorkersLoad { workers: 1, refused: 1, ..WorkersLoad::default() });
    }

    #[test]
    fn a_job_waits_until_a_worker_computes_it() {
        let queue = Arc::new(Queue { jobs: Mutex::default(), arrival: Condvar::new(), places: 1 });
        let workers = Argon2Workers {
            params: Params::new(64, 1, 1, None).unwrap(),
            queue: Arc::clone(&queue),
            threads: Vec::new(),
        };
        let work = Work::Hash { password: password(), salt: [1; 16], reply: oneshot::channel().0 };
        queue.put(Urgency::SignIn, Job { work, place: Place::take(&queue).unwrap() });
        assert_eq!((workers.load().waiting, workers.load().computing), (1, 0));
        let job = queue.take();
        assert_eq!((workers.load().waiting, workers.load().computing), (0, 1));
        drop(job);
    }

    #[tokio::test]
    async fn a_caller_that_went_away_leaves_its_place() {
        let workers = workers(1, 7);
        for _ in 0..8 {
            let slot = workers.admit(Urgency::Registration).unwrap();
            // Polled once, so that the job is queued, then dropped.
            let hashing = slot.hash(password(), [1; 16]);
            tokio::select! { biased; _ = hashing => {}, () = std::future::ready(()) => {} }
        }
        while workers.places_taken() > 0 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn sign_ins_go_before_registrations() {
        let queue = Queue { jobs: Mutex::default(), arrival: Condvar::new(), places: 4 };
        let queue = Arc::new(queue);
        let job = |salt| {
            let (reply, _) = oneshot::channel();
            Job {
                work: Work::Hash { password: password(), salt: [salt; 16], reply },
                place: Place::take(&queue).unwrap(),
            }
        };
        queue.put(Urgency::Registration, job(1));
        queue.put(Urgency::SignIn, job(2));
        let salts = [queue.take(), queue.take()].map(|job| match job.unwrap().work {
            Work::Hash { salt, .. } => salt[0],
            Work::Verify { .. } => 0,
        });
        assert_eq!(salts, [2, 1]);
    }

    #[tokio::test]
    async fn stopped_workers_tell_those_who_wait() {
        let workers = workers(1, 4);
        let slots: Vec<_> = (0..5).map(|_| workers.admit(Urgency::Registration).unwrap()).collect();
        let waiting: Vec<_> =
            slots.into_iter().map(|slot| tokio::spawn(async move { slot.hash(password(), [1; 16]).await })).collect();
        tokio::task::yield_now().await;
        drop(workers);
        for hash in waiting {
            assert!(matches!(hash.await.unwrap(), Ok(_) | Err(HashingError::Stopped)));
        }
    }

    #[test]
    fn unusable_settings_are_refused() {
        let settings = Argon2Settings { memory_kib: 1, ..Argon2Settings::default() };
        assert!(matches!(Argon2Workers::start(settings), Err(WorkersError::Parameters(_))));
        let settings = Argon2Settings { workers: 0, ..Argon2Settings::default() };
        assert!(matches!(Argon2Workers::start(settings), Err(WorkersError::NoWorker)));
    }
}
