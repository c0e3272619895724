//! The key that the links and sessions of a directory come from: its fingerprint stands beside them, so that another key,
//! under which all of them are dead, does not go unnoticed.

use diesel::prelude::*;

use crate::Result;
use crate::db::schema::organisation;
use crate::db::{Directory, Tx};
use crate::keys::Keys;

/// How a key stands to what is in a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyStanding {
    /// Its links and sessions come from this key.
    Own,
    /// They come from another, and are dead under this one.
    Another,
    /// No key has been noted, or there is no organisation.
    Unsaid,
}

/// How this key stands to what is in the directory.
pub(crate) fn key_standing(tx: &mut Tx<'_>, keys: &Keys) -> Result<KeyStanding> {
    let row = organisation::table.select(organisation::key_fingerprint);
    let noted: Option<Option<String>> = row.first(tx.conn).optional()?;
    Ok(match noted.flatten() {
        None => KeyStanding::Unsaid,
        Some(noted) if noted == keys.fingerprint() => KeyStanding::Own,
        Some(_) => KeyStanding::Another,
    })
}

/// Notes the directory's key as the one that links and sessions come from, whatever was noted before.
pub(crate) fn take_key(tx: &mut Tx<'_>) -> Result<()> {
    let noted = organisation::key_fingerprint.eq(Some(tx.keys().fingerprint()));
    diesel::update(organisation::table).set(noted).execute(tx.conn)?;
    Ok(())
}

/// Notes the directory's key where none has been noted, and answers how it stands. Its schema must be there.
///
/// # Errors
/// Only the database's.
pub fn remember_key(directory: &Directory) -> Result<KeyStanding> {
    let standing = |tx: &mut Tx<'_>| {
        let keys = tx.keys();
        key_standing(tx, keys)
    };
    match directory.read(standing)? {
        // Asked again in the transaction that writes: another instance may have another key.
        KeyStanding::Unsaid => directory.write(|tx| match standing(tx)? {
            KeyStanding::Unsaid => take_key(tx).map(|()| KeyStanding::Unsaid),
            noted => Ok(noted),
        }),
        noted => Ok(noted),
    }
}
