//! The hashing workers: threads, the jobs that wait for them, and the slots of callers.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use argon2::Params;
use async_trait::async_trait;
use tokio::sync::oneshot;

use super::places::{Next, Place, Places};
use super::stored::is_made_with;
use super::{Argon2Settings, Hasher};
use crate::client::WideNetwork;
use crate::password::{Password, PasswordHash};
use crate::ports::{HashingError, HashingObserver, HashingRefusal, HashingSlot, Overloaded, PasswordHasher, Urgency};

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
    /// The number of workers, without the spare one.
    pub workers: usize,
    /// How many of them are computing a hash; one more if the spare one does.
    pub computing: usize,
    /// How many hashes wait for a worker.
    pub waiting: usize,
    /// How many requests were refused since the start.
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
        Self::start_with(settings, None, || ())
    }

    /// Starts the workers. The observer is told how long hashes wait and which ones are refused.
    ///
    /// `prepare` runs on each worker's thread first, for example to lower its priority: while all cores hash, a thread that
    /// serves requests has to wait for one. It does not run on the spare worker's thread: what that computes is urgent.
    ///
    /// # Errors
    /// [`WorkersError`] if the settings cannot be used or a thread cannot be created.
    pub fn start_with(
        settings: Argon2Settings,
        observer: Option<Arc<dyn HashingObserver>>,
        prepare: impl Fn() + Clone + Send + 'static,
    ) -> Result<Self, WorkersError> {
        let params = settings.params().map_err(WorkersError::Parameters)?;
        if settings.workers == 0 {
            return Err(WorkersError::NoWorker);
        }
        let places = Places::new(settings.workers, settings.queue, settings.deadline);
        let queue = Arc::new(Queue::new(places, observer));
        let mut workers = Self { params: params.clone(), queue, threads: Vec::with_capacity(settings.workers) };
        for worker in 0..settings.workers {
            let mut hasher = Hasher::new(params.clone());
            let prepare = prepare.clone();
            workers.start_thread(format!("argon2-{worker}"), move |queue| {
                prepare();
                while let Some(next) = queue.next() {
                    next.run_caught(&mut hasher);
                }
            })?;
        }
        workers.start_thread("argon2-spare".to_owned(), move |queue| {
            // Many services never need its memory.
            let mut hasher = None;
            while let Some(next) = queue.next_spare() {
                next.run_caught(hasher.get_or_insert_with(|| Hasher::new(params.clone())));
            }
        })?;
        Ok(workers)
    }

    fn start_thread(&mut self, name: String, work: impl FnOnce(&Queue) + Send + 'static) -> Result<(), WorkersError> {
        let queue = Arc::clone(&self.queue);
        let thread = thread::Builder::new().name(name).spawn(move || work(&queue)).map_err(WorkersError::Thread)?;
        self.threads.push(thread);
        Ok(())
    }

    /// Returns how many places are taken: by hashes being computed, waiting hashes, and admitted requests.
    #[must_use]
    pub fn places_taken(&self) -> usize {
        self.queue.lock().places.taken()
    }

    /// Returns the current load.
    #[must_use]
    pub fn load(&self) -> WorkersLoad {
        let state = self.queue.lock();
        WorkersLoad {
            workers: state.places.workers(),
            computing: state.places.computing(),
            waiting: state.places.waiting(),
            refused: state.refused,
        }
    }
}

impl Drop for Argon2Workers {
    fn drop(&mut self) {
        self.queue.stop();
        for thread in self.threads.drain(..) {
            // A worker that panicked has nothing more to say here.
            let _ = thread.join();
        }
    }
}

impl PasswordHasher for Argon2Workers {
    fn admit(&self, urgency: Urgency, network: Option<WideNetwork>) -> Result<Box<dyn HashingSlot>, Overloaded> {
        let place = self.queue.admit(urgency, network)?;
        Ok(Box::new(Slot { place, queue: Arc::clone(&self.queue) }))
    }

    fn would_refuse(&self, urgency: Urgency, network: Option<WideNetwork>) -> bool {
        self.queue.lock().places.foresee(urgency, network).is_some()
    }

    fn is_current(&self, hash: &PasswordHash) -> bool {
        is_made_with(&self.params, hash)
    }
}

/// The jobs that wait, shared by callers and workers.
struct Queue {
    state: Mutex<State>,
    /// For the workers.
    arrival: Condvar,
    /// For the spare worker.
    need: Condvar,
    observer: Option<Arc<dyn HashingObserver>>,
}

#[derive(Debug)]
struct State {
    places: Places<Work>,
    refused: u64,
    is_stopped: bool,
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").field("state", &self.state).finish_non_exhaustive()
    }
}

impl Queue {
    fn new(places: Places<Work>, observer: Option<Arc<dyn HashingObserver>>) -> Self {
        let state = State { places, refused: 0, is_stopped: false };
        Self { state: Mutex::new(state), arrival: Condvar::new(), need: Condvar::new(), observer }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can panic half-way through a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn admit(&self, urgency: Urgency, network: Option<WideNetwork>) -> Result<Place, Overloaded> {
        let mut state = self.lock();
        let admitted = state.places.admit(urgency, network, Instant::now());
        let overloaded = state.places.overloaded();
        if admitted.as_ref().map_or(true, |admitted| admitted.displaced.is_some()) {
            state.refused += 1;
        }
        drop(state);
        match admitted {
            Ok(admitted) => {
                if let Some((urgency, work)) = admitted.displaced {
                    self.tell_refused(urgency, HashingRefusal::Displaced);
                    if let Some(work) = work {
                        work.refuse(overloaded);
                    }
                }
                Ok(admitted.place)
            }
            Err(refused) => {
                self.tell_refused(urgency, refused.why);
                Err(refused.overloaded)
            }
        }
    }

    fn put(&self, place: Place, work: Work) -> Result<(), HashingError> {
        let mut state = self.lock();
        if state.is_stopped {
            return Err(HashingError::Stopped);
        }
        let put = state.places.put(place, work);
        let overloaded = state.places.overloaded();
        let needs_spare = state.places.needs_spare();
        drop(state);
        // It was counted when the place was taken away.
        put.map_err(|_| HashingError::Overloaded(overloaded))?;
        if needs_spare {
            self.need.notify_one();
        } else {
            self.arrival.notify_one();
        }
        Ok(())
    }

    /// Waits for a worker's next job; `None` when the workers are to stop.
    fn next(&self) -> Option<Running<'_>> {
        self.next_by(Places::take, &self.arrival)
    }

    /// The same for the spare worker.
    fn next_spare(&self) -> Option<Running<'_>> {
        self.next_by(Places::take_spare, &self.need)
    }

    fn next_by(&self, take: impl Fn(&mut Places<Work>, Instant) -> Next<Work>, wake: &Condvar) -> Option<Running<'_>> {
        let mut state = self.lock();
        loop {
            if state.is_stopped {
                return None;
            }
            match take(&mut state.places, Instant::now()) {
                Next::Compute { place, job, waited } => {
                    // With this job, registrations may have the last worker.
                    let needs_spare = state.places.needs_spare();
                    drop(state);
                    if needs_spare {
                        self.need.notify_one();
                    }
                    if let Some(observer) = &self.observer {
                        observer.waited(place.urgency(), waited);
                    }
                    return Some(Running { queue: self, place, work: Some(job), began: Instant::now(), cost: None });
                }
                Next::Late { urgency, job } => {
                    let overloaded = state.places.overloaded();
                    state.refused += 1;
                    drop(state);
                    self.tell_refused(urgency, HashingRefusal::Late);
                    job.refuse(overloaded);
                    state = self.lock();
                }
                Next::Nothing => state = wake.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Tells the observer. Not under the lock, which all requests need.
    fn tell_refused(&self, urgency: Urgency, why: HashingRefusal) {
        if let Some(observer) = &self.observer {
            observer.refused(urgency, why);
        }
    }

    fn stop(&self) {
        let mut state = self.lock();
        state.is_stopped = true;
        let waiting = state.places.clear();
        drop(state);
        // With them go their senders: so anyone who waits is told.
        drop(waiting);
        self.arrival.notify_all();
        self.need.notify_all();
    }
}

/// A job on a worker. Its place is given back when it is dropped, also by a panic.
struct Running<'a> {
    queue: &'a Queue,
    place: Place,
    work: Option<Work>,
    began: Instant,
    cost: Option<Duration>,
}

impl Running<'_> {
    /// A panic affects only this job: its caller gets an error, and the worker continues.
    fn run_caught(self, hasher: &mut Hasher) {
        let _ = catch_unwind(AssertUnwindSafe(|| self.run(hasher)));
    }

    fn run(mut self, hasher: &mut Hasher) {
        let Some(work) = self.work.take() else { return };
        match work {
            Work::Hash { password, salt, reply } if !reply.is_closed() => {
                let answer = hasher.hash(&password, salt);
                self.finish();
                let _ = reply.send(answer);
            }
            Work::Verify { password, hash, reply } if !reply.is_closed() => {
                let answer = hasher.verify(&password, hash.as_ref());
                self.finish();
                let _ = reply.send(answer);
            }
            // Anyone who asked for it has gone away.
            Work::Hash { .. } | Work::Verify { .. } => {}
        }
    }

    /// The place is free before the answer is there, so that anyone who got it can ask again at once.
    fn finish(mut self) {
        self.cost = Some(self.began.elapsed());
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.queue.lock().places.finish(self.place, self.cost);
    }
}

/// A place, and the queue that it is in. It is given back when the slot is dropped, whatever it is used for by then.
#[derive(Debug)]
struct Slot {
    place: Place,
    queue: Arc<Queue>,
}

impl Slot {
    async fn ask<T>(
        self,
        work: impl FnOnce(oneshot::Sender<Result<T, HashingError>>) -> Work,
    ) -> Result<T, HashingError> {
        let (reply, answer) = oneshot::channel();
        self.queue.put(self.place, work(reply))?;
        answer.await.unwrap_or(Err(HashingError::Stopped))
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let work = self.queue.lock().places.leave(self.place);
        drop(work);
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

/// A hash to be computed.
#[derive(Debug)]
enum Work {
    Hash { password: Password, salt: [u8; 16], reply: oneshot::Sender<Result<PasswordHash, HashingError>> },
    Verify { password: Password, hash: Option<PasswordHash>, reply: oneshot::Sender<Result<bool, HashingError>> },
}

impl Work {
    /// Answers that it is not computed.
    fn refuse(self, overloaded: Overloaded) {
        // Anyone who has gone away need not be told.
        match self {
            Self::Hash { reply, .. } => drop(reply.send(Err(HashingError::Overloaded(overloaded)))),
            Self::Verify { reply, .. } => drop(reply.send(Err(HashingError::Overloaded(overloaded)))),
        }
    }
}

#[cfg(test)]
mod tests;
