//! Two instances on one database: what is decided at one holds at the other from its next request on.

use crate::support::cast::{ADAM, MIA, OLIVIA};
use crate::support::panel::Panel;
use crate::support::stage;
use crate::support::visitor::Visitor;

const ADD: &str = "/apps/salesforce/manage/add";

/// Somebody who is signed in at one instance, and at the other with the same cookies.
async fn at_both(panels: [&Panel; 2], address: &str) -> [Visitor; 2] {
    let here = panels[0].signed_in(address).await;
    let there = panels[1].visitor().with_cookies(&here.cookies());
    [here, there]
}

#[actix_web::test]
async fn who_is_blocked_at_one_instance_is_nobody_at_the_other_c2() {
    let panel = Panel::start();
    let other = panel.sibling();
    let [_, mut mia] = at_both([&panel, &other], MIA).await;
    assert_eq!(mia.get("/apps").await.status(), 200, "{mia}");
    let id = panel.read(|tx| Ok(stage::user(tx, MIA)?.id));
    let block = format!("/admin/users/{id}/block");
    let mut adam = panel.signed_in(ADAM).await;
    adam.open(&block).await.post(&block, &[]).await;
    assert_eq!(adam.status(), 303, "{adam}");
    mia.get("/apps").await;
    assert_eq!((mia.status(), mia.location().as_deref()), (303, Some("/sign-in")), "{mia}");
}

#[actix_web::test]
async fn what_was_looked_up_at_one_instance_counts_at_the_other_b10() {
    let panel = Panel::start();
    let other = panel.sibling();
    let [mut here, mut there] = at_both([&panel, &other], OLIVIA).await;
    here.open(ADD).await;
    for number in 0..60 {
        assert_eq!(here.post(ADD, &[("email", "mia")]).await.status(), 200, "{number}: {here}");
    }
    there.open(ADD).await.post(ADD, &[("email", "mia")]).await;
    assert_eq!(there.status(), 429, "{there}");
    there.does_not_see(MIA);
}
