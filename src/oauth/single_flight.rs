//! Work that is wanted by many at once, done by one of them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::poll_fn;
use std::hash::Hash;
use std::pin::{Pin, pin};
use std::task::Poll;

use futures_channel::oneshot::{self, Receiver, Sender};

/// Work under way, by key. Who comes while it goes on waits for its outcome instead of doing it
/// again; whoever comes later starts anew.
#[derive(Debug)]
pub struct SingleFlight<Key, Outcome> {
    waiting: RefCell<HashMap<Key, Vec<Sender<Outcome>>>>,
}

impl<Key, Outcome> Default for SingleFlight<Key, Outcome> {
    fn default() -> Self {
        Self { waiting: RefCell::default() }
    }
}

impl<Key: Clone + Eq + Hash, Outcome: Clone> SingleFlight<Key, Outcome> {
    /// The outcome of `work`, or of the same work that is under way already. Where that ends
    /// without an outcome that holds for others (`is_shared` says so, or its caller was dropped),
    /// one of those who wait does its own. Who waits does so until `over` at most, which is not asked
    /// by who works: that has limits of its own.
    pub async fn run(
        &self,
        key: &Key,
        work: impl Future<Output = Outcome>,
        is_shared: impl Fn(&Outcome) -> bool,
        over: impl Future<Output = Outcome>,
    ) -> Outcome {
        let mut over = pin!(over);
        while let Some(mut landing) = self.join(key) {
            let outcome = poll_fn(|context| match Pin::new(&mut landing).poll(context) {
                Poll::Ready(landed) => Poll::Ready(landed.ok()),
                Poll::Pending => over.as_mut().poll(context).map(Some),
            });
            if let Some(outcome) = outcome.await {
                return outcome;
            }
        }
        let flight = Flight { flights: self, key };
        let outcome = work.await;
        let waiting = flight.land();
        if is_shared(&outcome) {
            for follower in waiting {
                // Who has gone meanwhile misses nothing.
                let _ = follower.send(outcome.clone());
            }
        }
        outcome
    }

    /// Waits with the others, or takes the lead where there is no work under way.
    fn join(&self, key: &Key) -> Option<Receiver<Outcome>> {
        let mut flights = self.waiting.borrow_mut();
        if let Some(waiting) = flights.get_mut(key) {
            let (sender, receiver) = oneshot::channel();
            waiting.push(sender);
            Some(receiver)
        } else {
            flights.insert(key.clone(), Vec::new());
            None
        }
    }
}

/// Work under way. Dropping it lets those who wait go: the senders are dropped with it.
struct Flight<'a, Key: Eq + Hash, Outcome> {
    flights: &'a SingleFlight<Key, Outcome>,
    key: &'a Key,
}

impl<Key: Eq + Hash, Outcome> Flight<'_, Key, Outcome> {
    /// Ends it, and gives back who waits.
    fn land(&self) -> Vec<Sender<Outcome>> {
        self.flights.waiting.borrow_mut().remove(self.key).unwrap_or_default()
    }
}

impl<Key: Eq + Hash, Outcome> Drop for Flight<'_, Key, Outcome> {
    fn drop(&mut self) {
        self.land();
    }
}
