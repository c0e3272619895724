//! `VESTIBULE_MAIL_FROM`: whom every mail comes from (SPEC section 7), and which addresses SMTP can carry.

use lettre::{Address, message::Mailbox};
use url::Host;

/// The configured sender: the address every mail comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender(Address);

/// Why a sender cannot be one. Never quotes what was set.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sender cannot stand in a mail: {0}")]
pub struct SenderError(String);

impl Sender {
    /// Reads `invitations@apps.example.org` or `Any name <invitations@apps.example.org>`; the name is not used, because
    /// each mail says who sent it.
    ///
    /// # Errors
    /// When there is no address in it.
    pub fn parse(text: &str) -> Result<Self, SenderError> {
        let unusable = |_| SenderError("write an address, or Any name <ADDRESS>".to_owned());
        let mailbox = text.trim().parse::<Mailbox>().map_err(unusable)?;
        smtp_address(mailbox.email.as_ref()).map(Self).map_err(SenderError)
    }

    /// The address, as SMTP carries it.
    pub(crate) fn address(&self) -> &Address {
        &self.0
    }
}

/// An address as SMTP needs it: the domain in its ASCII form, the local part ASCII (SPEC 3.4). The error is the reason,
/// which does not quote the address.
pub(crate) fn smtp_address(text: &str) -> Result<Address, String> {
    let (local, domain) = text.rsplit_once('@').ok_or("there is no @")?;
    let plain =
        !local.is_empty() && local.chars().all(|c| c.is_ascii_graphic() && !"\"\\()<>[],:;@".contains(c));
    if !plain {
        return Err("the part before the @ has characters that mail servers refuse".to_owned());
    }
    match Host::parse(domain) {
        Ok(Host::Domain(ascii)) => Address::new(local, ascii).map_err(|error| error.to_string()),
        _ => Err("the part behind the @ is not a domain".to_owned()),
    }
}
