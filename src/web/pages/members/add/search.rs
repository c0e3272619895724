//! Looking for people of the organisation by name.

use directory::access::rules::search_people;
use directory::invitation::Verdict;
use directory::text::search_key;
use directory::user::{self, User, UserFilter, UserKind, UserState};
use directory::{Manager, Result, Tx};

/// The shortest text that is looked for: shorter ones list the directory.
const SHORTEST: usize = 3;
/// How many people are shown.
const SHOWN: i64 = 10;
/// What a search came to.
pub(super) enum Found {
    /// The organisation does not let members search.
    Off,
    /// Too little to look for.
    TooShort,
    /// These people, and whether there are more.
    People(directory::Page<User>),
}

/// Somebody found, with whether they are in already.
pub(super) struct FoundRow {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) addable: bool,
    pub(super) guest: bool,
}

/// Looks for active people. Guests' addresses are shown to administrators only: a manager who knows one types it.
pub(super) fn look(tx: &mut Tx<'_>, manager: &Manager, text: &str) -> Result<Found> {
    let administrator = manager.actor().administrator;
    if !search_people(administrator, manager.organisation().settings.members_search) {
        return Ok(Found::Off);
    }
    let search: String = text.trim().chars().take(120).collect();
    if search_key(&search).chars().count() < SHORTEST {
        return Ok(Found::TooShort);
    }
    let kind = (!administrator).then_some(UserKind::Member);
    let filter = UserFilter { search, kind, state: Some(UserState::Active), after: None };
    Ok(Found::People(user::list(tx, &filter, SHOWN)?))
}

/// The rows of a search: each person with what a press would do.
pub(super) fn rows(people: &[User], verdicts: &[Verdict], listed: &[String]) -> Vec<FoundRow> {
    let row = |(user, verdict): (&User, &Verdict)| FoundRow {
        id: user.id.to_string(),
        name: user.name.clone(),
        address: user.address.clone(),
        addable: verdict.is_addable(),
        guest: user.kind == UserKind::Guest,
    };
    let on_list = |user: &User| listed.iter().any(|address| address.eq_ignore_ascii_case(&user.address));
    people.iter().zip(verdicts).filter(|(user, _)| !on_list(user)).map(row).collect()
}
