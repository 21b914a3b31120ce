//! `&T`, `Box<T>` and `Arc<T>` are the store that `T` is.

use std::pin::Pin;
use std::sync::Arc;

use crate::{Decision, GuardStore, Request, Settlement, StoreError};

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Hands the inner future on as it is: `#[async_trait]` would box it once more per layer.
macro_rules! forward {
    ($pointer:ty) => {
        impl<T: GuardStore + ?Sized> GuardStore for $pointer {
            fn reserve<'this, 'a, 'b, 'answer>(
                &'this self,
                request: &'a Request<'b>,
            ) -> Answer<'answer, Decision>
            where
                'this: 'answer,
                'a: 'answer,
                'b: 'answer,
                Self: 'answer,
            {
                (**self).reserve(request)
            }

            fn settle<'this, 'a, 'b, 'answer>(
                &'this self,
                settlement: &'a Settlement<'b>,
            ) -> Answer<'answer, ()>
            where
                'this: 'answer,
                'a: 'answer,
                'b: 'answer,
                Self: 'answer,
            {
                (**self).settle(settlement)
            }
        }
    };
}

forward!(&T);
forward!(Box<T>);
forward!(Arc<T>);

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Key, MemoryStore};

    const HOLD: Duration = Duration::from_secs(60);

    /// Takes a slot, finds it held, frees it and takes it again.
    async fn use_it<T: GuardStore>(store: T) {
        let slot = Key::new([1; 16]);
        let request = Request::new(slot, HOLD);
        let decision = store.reserve(&request).await.expect("a decision");
        let Decision::Reserved(reservation) = decision else {
            panic!("an empty store: {decision:?}");
        };
        let held = store.reserve(&request).await.expect("a decision");
        assert!(matches!(held, Decision::Held { .. }), "{held:?}");
        let free = Settlement::new(slot, reservation, Duration::ZERO);
        store.settle(&free).await.expect("settled");
        let again = store.reserve(&request).await.expect("a decision");
        assert!(matches!(again, Decision::Reserved(_)), "{again:?}");
    }

    #[tokio::test]
    async fn pointers_do_what_they_point_at_does() {
        use_it(&MemoryStore::new()).await;
        use_it(Box::new(MemoryStore::new())).await;
        use_it(Arc::new(MemoryStore::new())).await;
        let object: Box<dyn GuardStore> = Box::new(MemoryStore::new());
        use_it(object).await;
        let object: Arc<dyn GuardStore> = Arc::new(MemoryStore::new());
        use_it(object).await;
        let object: &dyn GuardStore = &MemoryStore::new();
        use_it(object).await;
    }
}
