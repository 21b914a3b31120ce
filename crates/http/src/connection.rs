//! What every provider's builder has in common: where the provider is, and over which client.

use onay_core::Error;

use crate::{BaseUrl, HttpClient};

/// Where a provider is, and over which client: a part of every provider's builder.
///
/// ```
/// use onay_http::Connection;
///
/// let connection = Connection::default().environment("https://api.example.com");
/// let (client, base) = connection.open("acme")?;
/// assert_eq!(base.as_str(), "https://api.example.com");
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Connection {
    environment: Option<&'static str>,
    base_url: Option<BaseUrl>,
    client: Option<HttpClient>,
}

impl Connection {
    /// The base address of an environment that the provider knows by name.
    pub fn environment(mut self, base_url: &'static str) -> Self {
        self.environment = Some(base_url);
        self
    }

    /// Another address instead of the environment's.
    pub fn base_url(mut self, base: BaseUrl) -> Self {
        self.base_url = Some(base);
        self
    }

    /// A client to share. Without it one is made.
    pub fn http_client(mut self, client: HttpClient) -> Self {
        self.client = Some(client);
        self
    }

    /// The client and the address, for a provider of this name.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config): neither environment nor base URL, or no client to
    /// be made.
    pub fn open(self, provider: &'static str) -> Result<(HttpClient, BaseUrl), Error> {
        let named = |error: Error| error.with_provider(provider);
        let base = match (self.base_url, self.environment) {
            (Some(base), _) => base,
            (None, Some(address)) => BaseUrl::parse(address).map_err(named)?,
            (None, None) => {
                let why = "is not set: name one, or a base URL";
                return Err(named(Error::config("environment", why)));
            }
        };
        let client = match self.client {
            Some(client) => client,
            None => HttpClient::new().map_err(named)?,
        };
        Ok((client, base))
    }
}
