//! `&T`, `Box<T>` and `Arc<T>` of a store are stores.

use std::pin::Pin;
use std::sync::Arc;

use crate::{Decision, Request, Settlement, Store, StoreError};

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Hands the inner future on as it is: `#[async_trait]` would box it once more per layer.
macro_rules! forward {
    ($pointer:ty) => {
        impl<T: Store + ?Sized> Store for $pointer {
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
    use crate::{Key, MemoryStore, Reservation};

    const HOLD: Duration = Duration::from_secs(60);

    /// Takes a slot, finds it held, frees it and takes it again.
    async fn use_it<T: Store>(store: T) {
        let slot = Key::new([1; 16]);
        let reserve = async |number| {
            let request = Request::new(slot, Reservation::new(number), HOLD);
            store.reserve(&request).await.expect("a decision")
        };
        assert_eq!(reserve(1).await, Decision::Reserved);
        assert!(matches!(reserve(2).await, Decision::Held { .. }));
        let free = Settlement::new(slot, Reservation::new(1), Duration::ZERO);
        store.settle(&free).await.expect("settled");
        assert_eq!(reserve(2).await, Decision::Reserved);
    }

    #[tokio::test]
    async fn pointers_do_what_they_point_at_does() {
        use_it(&MemoryStore::new()).await;
        use_it(Box::new(MemoryStore::new())).await;
        use_it(Arc::new(MemoryStore::new())).await;
        let object: Box<dyn Store> = Box::new(MemoryStore::new());
        use_it(object).await;
        let object: Arc<dyn Store> = Arc::new(MemoryStore::new());
        use_it(object).await;
        let object: &dyn Store = &MemoryStore::new();
        use_it(object).await;
    }
}
