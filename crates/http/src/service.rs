//! What every provider's builder has in common: which service, at which address, over which client.

use onay_core::{Error, Reason};

use crate::base_url::QUOTED;
use crate::{BaseUrl, HttpClient, Key, Profile, Site, Stage, Variables};

const NOTHING_NAMED: Reason = Reason::new(
    "no_environment",
    "is not set: name one, or a base URL",
    "belirtilmemiş: bir ortam ya da bir base URL verin",
);
const LIVE_BY_ACCIDENT: Reason = Reason::new(
    "live_by_accident",
    "is the live service, but the environment is not live",
    "canlı servis, ama ortam canlı değil",
);
const NO_SANDBOX: Reason = Reason::new(
    "plain_http_outside_sandbox",
    "is plain http, which a named host may be in the sandbox environment alone",
    "şifresiz http; adı verilen bir sunucu yalnızca sandbox ortamında böyle olabilir",
);
const PUBLISHED_IN_LIVE: Reason = Reason::new(
    "published_key_in_live",
    "is the sandbox's and known to everyone, but the environment is live",
    "sandbox'ın herkesçe bilinen anahtarı, ama ortam canlı",
);
const PUBLISHED_TO_LIVE: Reason = Reason::new(
    "published_key_to_live",
    "is the sandbox's and known to everyone, but the address is a live service's",
    "sandbox'ın herkesçe bilinen anahtarı, ama adres canlı bir servisin",
);

/// Lists hosts that may be spoken to by plain http in the sandbox environment, parted by commas.
const SANDBOX_HOSTS: &str = "ONAY_SANDBOX_HOSTS";

/// Which of a provider's services is called, at which address and over which client: a part of every
/// provider's builder.
///
/// ```
/// use onay_http::{Key, Profile, Service, Site};
///
/// const LIVE: Site = Site::live("live", "https://api.example.com");
/// static PROFILE: Profile = Profile::new("acme", &[LIVE]).with_published(&["test-key"]);
/// let service = Service::new(&PROFILE).with_site(LIVE);
/// let own = Key::parse("key", "test-own")?;
/// let (client, base) = service.clone().resolve(&[&own])?;
/// assert_eq!(base.as_str(), "https://api.example.com");
/// let published = Key::parse("key", "test-key")?;
/// assert!(service.resolve(&[&published]).is_err());
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Service {
    profile: &'static Profile,
    site: Option<Site>,
    base_url: Option<BaseUrl>,
    client: Option<HttpClient>,
}

impl Service {
    /// Of a provider; no environment is named yet.
    pub fn new(profile: &'static Profile) -> Self {
        Self {
            profile,
            site: None,
            base_url: None,
            client: None,
        }
    }

    /// Reads the environment, which always has to be named: there is no silent live default. Where
    /// another base URL is set, it is taken instead of the environment's; an empty one counts as not
    /// set. `ONAY_SANDBOX_HOSTS` lists hosts that it may name with plain http.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable: an environment that is missing,
    /// unknown or in quotation marks, no base URL, or a live one although the environment is not live.
    pub fn from_variables(
        profile: &'static Profile,
        variables: &Variables<'_>,
    ) -> Result<Self, Error> {
        let site = environment(profile, variables)?;
        let service = Self::new(profile).with_site(site);
        let variable = profile.base_url_variable;
        let Some(address) = variables.optional(variable) else {
            return Ok(service);
        };
        let hosts = variables.optional(SANDBOX_HOSTS).unwrap_or_default();
        let hosts: Vec<&str> = hosts.split(',').map(str::trim).collect();
        let base = BaseUrl::parse_variable(variable, &address, &hosts)
            .map_err(|error| error.with_provider(profile.provider))?;
        if base.needs_sandbox() && site.stage() != Stage::Sandbox {
            return Err(variables.refuse(variable, NO_SANDBOX));
        }
        if site.stage() != Stage::Live && service.is_live(&base) {
            return Err(variables.refuse(variable, LIVE_BY_ACCIDENT));
        }
        Ok(service.with_base_url(base))
    }

    /// The environment.
    pub fn with_site(mut self, site: Site) -> Self {
        self.site = Some(site);
        self
    }

    /// Another address instead of the environment's.
    pub fn with_base_url(mut self, base: BaseUrl) -> Self {
        self.base_url = Some(base);
        self
    }

    /// A client to share. Without it one is made.
    pub fn with_http_client(mut self, client: HttpClient) -> Self {
        self.client = Some(client);
        self
    }

    /// The environment, where one is named.
    pub fn site(&self) -> Option<Site> {
        self.site
    }

    /// The client and the address to call with these keys.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config): neither environment nor base URL, plain http outside
    /// the sandbox environment, a published key for a live service, or no client to be made.
    pub fn resolve(mut self, keys: &[&Key]) -> Result<(HttpClient, BaseUrl), Error> {
        let provider = self.profile.provider;
        let client = self.client.take();
        self.checked(keys)
            .and_then(|base| Ok((client.map_or_else(HttpClient::new, Ok)?, base)))
            .map_err(|error| error.with_provider(provider))
    }

    fn checked(&self, keys: &[&Key]) -> Result<BaseUrl, Error> {
        let base = match (&self.base_url, self.site) {
            (Some(base), _) => base.clone(),
            (None, Some(site)) => BaseUrl::parse(site.base_url())?,
            (None, None) => return Err(Error::config("environment", NOTHING_NAMED)),
        };
        let stage = self.site.map(|site| site.stage());
        if base.needs_sandbox() && stage != Some(Stage::Sandbox) {
            return Err(Error::config("base_url", NO_SANDBOX));
        }
        self.refuse_published(&base, keys)?;
        Ok(base)
    }

    /// Sandbox keys never go live. Live settings may be rehearsed with them on a loopback address.
    fn refuse_published(&self, base: &BaseUrl, keys: &[&Key]) -> Result<(), Error> {
        let is_published = |key: &&&Key| {
            let text = key.secret().expose();
            self.profile.published.contains(&text)
        };
        let Some(key) = keys.iter().find(is_published) else {
            return Ok(());
        };
        if base.is_loopback() {
            return Ok(());
        }
        if self.site.is_some_and(|site| site.stage() == Stage::Live) {
            return Err(key.refused(PUBLISHED_IN_LIVE));
        }
        if self.is_live(base) {
            return Err(key.refused(PUBLISHED_TO_LIVE));
        }
        Ok(())
    }

    /// Whether an address is on the host of a live service. Where a provider has its test service on
    /// the same host, the named environment decides.
    fn is_live(&self, base: &BaseUrl) -> bool {
        let is_chosen = self
            .site
            .is_some_and(|site| site.stage() != Stage::Live && base.is_on_host_of(site.base_url()));
        let mut live = self
            .profile
            .sites
            .iter()
            .filter(|site| site.stage() == Stage::Live);
        !is_chosen && live.any(|site| base.is_on_host_of(site.base_url()))
    }
}

fn environment(profile: &Profile, variables: &Variables<'_>) -> Result<Site, Error> {
    let variable = profile.environment_variable;
    let name = variables.optional(variable).unwrap_or_default();
    let found = profile.sites.iter().find(|site| site.name() == name);
    found.copied().ok_or_else(|| {
        let is_quoted = name.starts_with(['"', '\'']);
        let reason = if is_quoted {
            QUOTED
        } else {
            profile.environment_reason
        };
        variables.refuse(variable, reason)
    })
}

#[cfg(test)]
mod tests;
