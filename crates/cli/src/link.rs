//! `onay link`: create, send by SMS or e-mail, delete.

use onay::paytr_link::{CollectionLink, Money, NewLink, PaytrLink, PaytrLinkBuilder, ProductLink};
use onay::{
    EmailAddress, Error, LinkId, LinkNotice, LinkNotifier, PhoneNumber, Recipient, Reference,
    Subject, WebAddress,
};
use serde_json::json;

use crate::arguments::{CallOptions, LinkCommand, NewLinkArguments};
use crate::failure::{Failure, Place};
use crate::interrupt;
use crate::output::{Output, good};
use crate::paytr::PROVIDER;
use crate::provider::ProviderName;
use crate::settings::{self, Settings};
use crate::tables::{CREATE, DELETE, SEND_EMAIL, SEND_SMS};
use crate::terminal::plain;

pub(crate) async fn run(command: LinkCommand, output: &Output) -> Result<(), Failure> {
    match command {
        LinkCommand::Create(arguments) => create(&arguments, output).await,
        LinkCommand::Sms { id, to, call } => {
            let phone = PhoneNumber::parse(&to)?;
            send(&id, phone.into(), &call, output).await
        }
        LinkCommand::Email { id, to, call } => {
            let email = email(&to, "--to")?;
            send(&id, email.into(), &call, output).await
        }
        LinkCommand::Delete { id, call } => delete(&id, &call, output).await,
    }
}

async fn create(arguments: &NewLinkArguments, output: &Output) -> Result<(), Failure> {
    let link = new_link(arguments)?;
    let paytr = paytr(&arguments.call)?;
    let created = interrupt::provider(output, PROVIDER, CREATE, paytr.create(link)).await;
    let created = created.map_err(|failure| of_option(failure, "--email"))?;
    let texts = output.texts();
    let id = plain(created.id().as_str());
    let link = match created.url() {
        Some(url) => texts.link_created(id, plain(url.as_str())),
        None => texts.link_created_without_address(id),
    };
    let human = format!("{}: {link}", good(texts.created()));
    let document = json!({
        "operation": CREATE.name(),
        "provider": PROVIDER,
        "id": created.id().as_str(),
        "link": created.url().map(WebAddress::as_str),
    });
    output.result(human, &document)
}

async fn send(
    id: &str,
    recipient: Recipient,
    options: &CallOptions,
    output: &Output,
) -> Result<(), Failure> {
    let operation = match recipient {
        Recipient::Email(_) => SEND_EMAIL,
        _ => SEND_SMS,
    };
    let to = recipient.masked().to_string();
    let link = LinkId::parse(id)?;
    let notice = LinkNotice::new(link.clone(), recipient);
    let paytr = paytr(options)?;
    let accepted = interrupt::provider(output, PROVIDER, operation, paytr.notify(&notice)).await?;
    let texts = output.texts();
    let accepted_link = texts.link_accepted(plain(link.as_str()), plain(&to));
    let human = format!("{}: {accepted_link}", good(texts.accepted()));
    let document = json!({
        "operation": operation.name(),
        "provider": PROVIDER,
        "id": link.as_str(),
        "to": to,
        "reference": accepted.reference().map(Reference::as_str),
    });
    output.result(human, &document)
}

async fn delete(ids: &[String], options: &CallOptions, output: &Output) -> Result<(), Failure> {
    let links: Vec<LinkId> = ids
        .iter()
        .map(|id| LinkId::parse(id))
        .collect::<Result<_, _>>()?;
    let paytr = paytr(options)?;
    let result = interrupt::provider(output, PROVIDER, DELETE, paytr.delete(&links)).await?;
    let texts = output.texts();
    let (deleted, failed) = (listed(result.deleted()), listed(result.failed()));
    let mut human = format!("{}: {}", good(texts.deleted()), plain(&deleted.join(", ")));
    if !failed.is_empty() {
        human += &format!("; {}", texts.link_not_deleted(plain(&failed.join(", "))));
    }
    let document = json!({
        "operation": DELETE.name(),
        "provider": PROVIDER,
        "deleted": deleted,
        "failed": failed,
    });
    output.result(human, &document)
}

fn listed(links: &[LinkId]) -> Vec<&str> {
    links.iter().map(LinkId::as_str).collect()
}

fn new_link(arguments: &NewLinkArguments) -> Result<NewLink, Failure> {
    let price = Money::parse(&arguments.price, arguments.currency.parse()?)?;
    let callback = arguments
        .callback_link
        .as_deref()
        .zip(arguments.callback_id.as_deref());
    // The two kinds have the same settings and no common type.
    macro_rules! with_settings {
        ($link:expr) => {{
            let mut link = $link;
            if let Some(count) = arguments.max_installment {
                link = link.max_installment(count)?;
            }
            if let Some(time) = &arguments.expires_at {
                link = link.expires_at(time)?;
            }
            if let Some((to, id)) = callback {
                link = link.callback(to, id)?;
            }
            link
        }};
    }
    if let Some(email) = &arguments.email {
        let email = self::email(email, "--email")?;
        let link = with_settings!(CollectionLink::new(&arguments.name, price, email)?);
        return Ok(link.into());
    }
    let mut link = with_settings!(ProductLink::new(
        &arguments.name,
        price,
        arguments.min_count
    )?);
    if let Some(stock) = arguments.max_count {
        link = link.max_count(stock)?;
    }
    Ok(link.into())
}

fn email(text: &str, option: &'static str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse(text).map_err(|error| of_option(error.into(), option))
}

/// The library knows no options, and an address comes from one or from another.
fn of_option(failure: Failure, option: &'static str) -> Failure {
    match &failure {
        Failure::Call(error, _) if error.subject() == Some(Subject::Argument("email")) => {
            failure.at(Place::Option(option))
        }
        _ => failure,
    }
}

fn paytr(options: &CallOptions) -> Result<PaytrLink, Error> {
    let settings = Settings::read(ProviderName::Paytr, options.live)?;
    PaytrLinkBuilder::from_lookup(|name| settings.lookup(name))?
        .http_client(settings::client(options)?)
        .build()
}
