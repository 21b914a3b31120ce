//! `&T`, `Box<T>` and `Arc<T>` implement each trait that `T` implements.

use std::pin::Pin;
use std::sync::Arc;

use crate::{
    Error, LinkAccepted, LinkNotice, LinkNotifier, OtpChallenge, OtpCode, OtpSender, OtpSent,
    OtpVerified, OtpVerifier,
};

type Call<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Returns the inner future as it is: `#[async_trait]` would box it once more per layer.
macro_rules! forward {
    ($trait:ident, $method:ident($($argument:ident: &$life:lifetime $type:ty),+) -> $output:ty) => {
        forward!(@ &T, $trait, $method($($argument: &$life $type),+) -> $output);
        forward!(@ Box<T>, $trait, $method($($argument: &$life $type),+) -> $output);
        forward!(@ Arc<T>, $trait, $method($($argument: &$life $type),+) -> $output);
    };
    (@ $pointer:ty, $trait:ident, $method:ident($($argument:ident: &$life:lifetime $type:ty),+) -> $output:ty) => {
        impl<T: $trait + ?Sized> $trait for $pointer {
            fn $method<'this, $($life,)+ 'call>(
                &'this self,
                $($argument: &$life $type),+
            ) -> Call<'call, $output>
            where
                'this: 'call,
                $($life: 'call,)+
                Self: 'call,
            {
                (**self).$method($($argument),+)
            }
        }
    };
}

forward!(OtpSender, send_otp(challenge: &'a OtpChallenge) -> OtpSent);
forward!(OtpVerifier, verify_otp(challenge: &'a OtpChallenge, code: &'b OtpCode) -> OtpVerified);
forward!(LinkNotifier, notify(notice: &'a LinkNotice) -> LinkAccepted);

#[cfg(test)]
mod tests {
    use async_trait::async_trait;

    use super::*;
    use crate::{ErrorKind, LinkId, OtpProvider, PhoneNumber, Reference, SessionId};

    #[derive(Debug)]
    struct Yes;

    #[async_trait]
    impl OtpSender for Yes {
        async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
            Ok(OtpSent::new(challenge.clone()))
        }
    }

    #[async_trait]
    impl OtpVerifier for Yes {
        async fn verify_otp(&self, _: &OtpChallenge, code: &OtpCode) -> Result<OtpVerified, Error> {
            let length = u16::try_from(code.expose().len()).unwrap_or_default();
            Err(Error::new(ErrorKind::WrongCode).with_http_status(length))
        }
    }

    #[async_trait]
    impl LinkNotifier for Yes {
        async fn notify(&self, notice: &LinkNotice) -> Result<LinkAccepted, Error> {
            let reference = Reference::parse(notice.link().as_str());
            Ok(LinkAccepted::new().with_reference(reference.expect("a reference")))
        }
    }

    async fn use_all<T: OtpSender + OtpVerifier + LinkNotifier>(provider: T) {
        let phone = PhoneNumber::parse("05550000042").expect("a phone number");
        let challenge = OtpChallenge::for_phone(SessionId::parse("s").expect("session"), phone);
        let sent = provider.send_otp(&challenge).await.expect("sent");
        assert_eq!(sent.challenge(), &challenge);
        let code = OtpCode::parse("ART2").expect("code");
        let refused = provider.verify_otp(&challenge, &code).await;
        assert_eq!(refused.expect_err("wrong").http_status(), Some(4));
        let link = LinkId::parse("NB2Zlz3").expect("link");
        let accepted = provider.notify(&LinkNotice::new(link, phone)).await;
        let accepted = accepted.expect("accepted");
        let reference = accepted.reference().map(Reference::as_str);
        assert_eq!(reference, Some("NB2Zlz3"));
    }

    #[tokio::test]
    async fn pointers_do_what_they_point_at_does() {
        use_all(&Yes).await;
        use_all(Box::new(Yes)).await;
        use_all(Arc::new(Yes)).await;
        use_all(&Arc::new(Box::new(Yes))).await;
    }

    #[tokio::test]
    async fn trait_objects_are_providers_too() {
        async fn send(sender: impl OtpSender) -> bool {
            let phone = PhoneNumber::parse("05550000042").expect("a phone number");
            let session = SessionId::parse("s").expect("session");
            let challenge = OtpChallenge::for_phone(session, phone);
            sender.send_otp(&challenge).await.is_ok()
        }
        let shared: Arc<dyn OtpSender> = Arc::new(Yes);
        assert!(send(&*shared).await);
        assert!(send(shared).await);
        let boxed: Box<dyn OtpSender> = Box::new(Yes);
        assert!(send(boxed).await);
        let both: Arc<dyn OtpProvider> = Arc::new(Yes);
        assert!(send(&*both).await);
        assert!(send(both).await);
    }
}
