//! What becomes of the mails that were on their way, or had left, when a backup was made (SECURITY J6).

use directory::access::Administrator;
use directory::delivery::{self, DeliveryFilter, DeliveryState};
use directory::redemption;
use directory::text::Message;

use crate::backup::{backup, empty, invite, restore};
use crate::cast::Cast;
use crate::codes::ask;
use crate::on_both;
use crate::restoring::{claim, release};

on_both!(what_couriers_and_codes_were_at_is_over_and_what_left_is_as_it_was);

const ANN: &str = "ann@partner.test";
const MIA: &str = "mia@meridian.test";

/// Leases of couriers that were at work end, codes are not held but dropped, and what has left is no matter of the
/// restore.
fn what_couriers_and_codes_were_at_is_over_and_what_left_is_as_it_was(cast: &Cast) {
    ask(cast, MIA, "hers");
    assert_eq!(cast.letters_to(MIA).len(), 1);
    invite(cast, "bob@partner.test");
    let bob = cast.token_for("bob@partner.test");
    cast.write(|tx| redemption::decline(tx, &bob, "his", &Message::default()));
    invite(cast, ANN);
    assert!(claim(&cast.directory).is_some_and(|claimed| claimed.to == ANN));
    invite(cast, "cam@partner.test");
    ask(cast, MIA, "hers");
    let (_database, there) = empty(cast, cast.directory.dialect());
    let told = restore(&there, &backup(&cast.directory)).unwrap();
    assert_eq!((told.aftermath.mails_held, told.aftermath.open_invitations), (2, 2));
    let mails = there
        .read(|tx| {
            let adam = Administrator::find(tx, &cast.adam)?;
            delivery::list(tx, &adam, &DeliveryFilter::default(), 50)
        })
        .unwrap();
    let states: Vec<DeliveryState> = mails.rows.iter().rev().map(|mail| mail.state).collect();
    let [sent, queued] = [DeliveryState::Sent, DeliveryState::Queued];
    assert_eq!(states, [sent, sent, queued, queued, DeliveryState::Dropped]);
    release(cast, &there);
    let claimed = [claim(&there), claim(&there)].map(|claimed| claimed.unwrap().to);
    assert!(claimed.contains(&ANN.to_owned()), "no lease keeps it back");
}
