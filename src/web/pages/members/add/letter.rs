//! The mail that **Add** would send.

use directory::delivery::{self, Letter};
use directory::invitation::{Draft, Verdict};
use directory::{EmailAddress, Manager};

use crate::letter::{self, Purpose, Written};
use crate::web::{PageError, SignedIn};

/// Whom a preview is for while nobody is on the list.
const ANYBODY: &str = "guest@example.org";

/// The mail as this address would get it.
pub(super) fn written(
    visit: &SignedIn,
    manager: &Manager,
    address: Option<&str>,
    draft: &Draft,
) -> Result<Written, PageError> {
    let invited = address.into_iter().chain([ANYBODY]).find_map(|address| EmailAddress::parse(address).ok());
    let invited = invited.ok_or(PageError::Misconfigured)?;
    let now = visit.state.directory.now();
    let letter = Letter::Invitation(delivery::preview(manager, &invited, draft, now));
    Ok(letter::write(&letter, &visit.state.public_url, Purpose::Preview)?)
}

/// The first address that gets an invitation.
pub(super) fn first_invited(verdicts: &[Verdict]) -> Option<String> {
    verdicts.iter().find_map(|verdict| match verdict {
        Verdict::Invite(address) => Some(address.to_string()),
        _ => None,
    })
}
