//! The shop: its providers, and who is in it.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::Redirect;
use onay::http::run_to_end;
use onay::paytr_link::{Credentials, Payment, PaytrLink};
use onay::{LinkId, OtpSender, OtpVerifier};
use tokio::sync::oneshot;

use crate::order::TOTAL;
use crate::visit::{PaidBy, Visit};

const COOKIE: &str = "shop_visit";

/// How many visits are kept in which nothing was begun.
const UNTOUCHED: usize = 1000;

/// One per program, shared by all requests.
pub(crate) struct Shop {
    pub(crate) sender: Arc<dyn OtpSender>,
    pub(crate) verifier: Arc<dyn OtpVerifier>,
    pub(crate) paytr: PaytrLink,
    pub(crate) credentials: Credentials,
    pub(crate) callback_address: String,
    pub(crate) inbox_address: String,
    books: Mutex<Books>,
    /// Dropped with the shop: whoever has the other end hears that nobody is in it any more.
    _open: oneshot::Sender<()>,
}

/// What a real shop keeps in its database, and lets go of after a while.
#[derive(Default)]
struct Books {
    by_cookie: HashMap<String, Visitor>,
    by_order: HashMap<String, Visitor>,
    /// By cookie and order, oldest first. Anybody can look at the first page without end, so these
    /// are bounded, and whoever is forgotten just begins again. A visit in which something was begun
    /// is never forgotten for another's sake, because money may come for it.
    untouched: VecDeque<(String, String)>,
    /// Payments that were told already.
    told: HashSet<String>,
}

/// One customer's visit, found by their cookie. Clones are the same visit.
///
/// The cookie is a random name and nothing else. The conversation with the provider stays here: it
/// holds the session and the full number, and whoever could change it would have the shop check a
/// code that was sent to somebody else. (To keep it outside the process, in Redis or a database,
/// turn on the feature `serde`: a challenge can be written down then.)
#[derive(Clone)]
pub(crate) struct Visitor(Arc<Mutex<Visit>>);

impl Shop {
    pub(crate) fn new<P: OtpSender + OtpVerifier + 'static>(
        otp: Arc<P>,
        paytr: PaytrLink,
        credentials: Credentials,
        callback_address: String,
        inbox_address: String,
        open: oneshot::Sender<()>,
    ) -> Self {
        Self {
            sender: otp.clone(),
            verifier: otp,
            paytr,
            credentials,
            callback_address,
            inbox_address,
            books: Mutex::default(),
            _open: open,
        }
    }

    /// The visit that a request belongs to.
    pub(crate) fn visitor(&self, headers: &HeaderMap) -> Option<Visitor> {
        let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
        let mut pairs = cookies
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='));
        let (_, value) = pairs.find(|(name, _)| *name == COOKIE)?;
        self.books().by_cookie.get(value).cloned()
    }

    /// A new visit, and the cookie to find it by.
    pub(crate) fn welcome(&self) -> Result<(Visitor, String), getrandom::Error> {
        let name = drawn::<16>()?;
        // All of one length, so that no order's number is the beginning of another: PayTR's signature
        // does not tell where it ends.
        let order = format!("S{}", drawn::<5>()?);
        let visitor = Visitor(Arc::new(Mutex::new(Visit::new(order.clone()))));
        // On https, add `Secure`.
        let cookie = format!("{COOKIE}={name}; Path=/; HttpOnly; SameSite=Lax");
        let mut books = self.books();
        books.by_order.insert(order.clone(), visitor.clone());
        books.by_cookie.insert(name.clone(), visitor.clone());
        books.untouched.push_back((name, order));
        books.forget_who_only_looked();
        Ok((visitor, cookie))
    }

    /// A payment by link, told by PayTR and proven by its signature. Told twice, it counts once; in
    /// a database, keep the key in the same transaction as what it causes. False where no order is
    /// known for it: then nothing is kept, so that it counts when PayTR tells it again.
    ///
    /// A live shop would ship nothing for a payment with `test_mode`; every payment of the sandbox is
    /// one.
    pub(crate) fn link_was_paid(&self, payment: &Payment) -> bool {
        let mut books = self.books();
        let Some(visitor) = books.by_order.get(payment.callback_id()).cloned() else {
            log("a payment fits no order");
            return false;
        };
        let is_first = books.told.insert(payment.dedup_key());
        drop(books);
        if !is_first {
            return true;
        }
        // More is usual: instalments with interest.
        if payment.total_amount() < TOTAL {
            // A person has to look at it.
            log("a payment is less than its order");
        } else if !visitor.visit().pay(PaidBy::Link) {
            // A real shop gives this money back.
            log(format_args!(
                "order {} was paid twice",
                payment.callback_id()
            ));
        }
        true
    }

    /// Nobody shall pay by this link any more: its order is paid.
    pub(crate) async fn take_back(&self, link: LinkId) {
        match self.paytr.delete(&[link]).await {
            Ok(deleted) if deleted.failed().is_empty() => {}
            Ok(_) => log("the link of a paid order could not be deleted"),
            Err(error) => log(error),
        }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Books {
    fn forget_who_only_looked(&mut self) {
        while self.untouched.len() > UNTOUCHED {
            let Some((name, order)) = self.untouched.pop_front() else {
                return;
            };
            let visitor = self.by_cookie.get(&name);
            if visitor.is_some_and(|visitor| visitor.visit().is_untouched()) {
                self.by_cookie.remove(&name);
                self.by_order.remove(&order);
            }
        }
    }
}

impl Visitor {
    /// The visit, for as long as it takes to read or change it. Never hold it across a call.
    pub(crate) fn visit(&self) -> MutexGuard<'_, Visit> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FromRequestParts<Arc<Shop>> for Visitor {
    /// Who has no visit yet begins at the first page.
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, shop: &Arc<Shop>) -> Result<Self, Redirect> {
        shop.visitor(&parts.headers)
            .ok_or_else(|| Redirect::to("/"))
    }
}

/// Makes a call and keeps what came of it, whoever waits for that.
///
/// A customer who closes the tab drops the handler. By then a message may have left or a code be used
/// up, and the next request has to know.
pub(crate) async fn see_through(call: impl Future<Output = ()> + Send + 'static) {
    let ended = run_to_end(async move {
        call.await;
        Ok(())
    });
    if let Err(error) = ended.await {
        log(error);
    }
}

/// So many random bytes in hex, which nobody can guess.
fn drawn<const BYTES: usize>() -> Result<String, getrandom::Error> {
    let mut random = [0; BYTES];
    getrandom::fill(&mut random)?;
    let hex = random
        .iter()
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02X}"));
    Ok(hex)
}

/// The shop's log. An error of Onay can be logged as it is: it holds no code and no full number.
#[expect(clippy::print_stderr, reason = "an example's log is its stderr")]
pub(crate) fn log(what: impl std::fmt::Display) {
    eprintln!("{what}");
}
