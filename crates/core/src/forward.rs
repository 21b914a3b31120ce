//! `&T`, `Box<T>` and `Arc<T>` are whatever `T` is.

use std::pin::Pin;
use std::sync::Arc;

use crate::{
    Error, LinkAccepted, LinkId, LinkNotifier, LinkRecipient, OtpChallenge, OtpCode, OtpSender,
    OtpSent, OtpVerified, OtpVerifier,
};

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Hands the inner future on as it is: `#[async_trait]` would box it once more per layer.
macro_rules! forward {
    ($trait:ident, $method:ident($($argument:ident: &$life:lifetime $type:ty),+) -> $answer:ty) => {
        forward!(@ &T, $trait, $method($($argument: &$life $type),+) -> $answer);
        forward!(@ Box<T>, $trait, $method($($argument: &$life $type),+) -> $answer);
        forward!(@ Arc<T>, $trait, $method($($argument: &$life $type),+) -> $answer);
    };
    (@ $pointer:ty, $trait:ident, $method:ident($($argument:ident: &$life:lifetime $type:ty),+) -> $answer:ty) => {
        impl<T: $trait + ?Sized> $trait for $pointer {
            fn $method<'this, $($life,)+ 'answer>(
                &'this self,
                $($argument: &$life $type),+
            ) -> Answer<'answer, $answer>
            where
                'this: 'answer,
                $($life: 'answer,)+
                Self: 'answer,
            {
                (**self).$method($($argument),+)
            }
        }
    };
}

forward!(OtpSender, send_otp(challenge: &'a OtpChallenge) -> OtpSent);
forward!(OtpVerifier, verify_otp(challenge: &'a OtpChallenge, code: &'b OtpCode) -> OtpVerified);
forward!(LinkNotifier, notify(link: &'a LinkId, recipient: &'b LinkRecipient) -> LinkAccepted);

#[cfg(test)]
mod tests {
    use async_trait::async_trait;

    use super::*;
    use crate::{ErrorKind, Gsm, SessionId};

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
            Err(Error::new(ErrorKind::WrongCode).with_code(code.reveal()))
        }
    }

    #[async_trait]
    impl LinkNotifier for Yes {
        async fn notify(&self, link: &LinkId, _: &LinkRecipient) -> Result<LinkAccepted, Error> {
            Ok(LinkAccepted::new().with_reference(link.as_str()))
        }
    }

    async fn use_all<T: OtpSender + OtpVerifier + LinkNotifier>(provider: T) {
        let gsm = Gsm::parse("05550000042").expect("gsm");
        let challenge = OtpChallenge::for_gsm(SessionId::parse("s").expect("session"), gsm);
        let sent = provider.send_otp(&challenge).await.expect("sent");
        assert_eq!(sent.challenge(), &challenge);
        let code = OtpCode::parse("ART2").expect("code");
        let refused = provider.verify_otp(&challenge, &code).await;
        assert_eq!(refused.expect_err("wrong").code(), Some("ART2"));
        let link = LinkId::parse("NB2Zlz3").expect("link");
        let accepted = provider.notify(&link, &LinkRecipient::Sms(gsm)).await;
        assert_eq!(accepted.expect("accepted").reference(), Some("NB2Zlz3"));
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
            let gsm = Gsm::parse("05550000042").expect("gsm");
            let session = SessionId::parse("s").expect("session");
            let challenge = OtpChallenge::for_gsm(session, gsm);
            sender.send_otp(&challenge).await.is_ok()
        }
        let shared: Arc<dyn OtpSender> = Arc::new(Yes);
        assert!(send(&*shared).await);
        assert!(send(shared).await);
        let boxed: Box<dyn OtpSender> = Box::new(Yes);
        assert!(send(boxed).await);
    }
}
