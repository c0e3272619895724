//! The cast, signed in: each through the door that they use, in whatever language.

use super::cast::{ADAM, PASSWORD};
use super::panel::Panel;
use super::visitor::Visitor;

impl Panel {
    /// A new browser in which this person is signed in, at My Apps.
    pub(crate) async fn signed_in(&self, address: &str) -> Visitor {
        let mut visitor = self.visitor();
        self.sign_in(&mut visitor, address).await;
        visitor
    }

    /// Signs this person in, in a browser there is.
    pub(crate) async fn sign_in(&self, visitor: &mut Visitor, address: &str) {
        let before = self.mailbox.codes(address);
        visitor.get("/sign-in").await;
        visitor.post("/sign-in", &[("email", address)]).await;
        let way = if address == ADAM { ("password", PASSWORD) } else { ("username", address) };
        let named = if address == ADAM { "password" } else { "code" };
        visitor.post("/sign-in", &[("email", address), ("way", named), way]).await;
        visitor.follow().await;
        let code = self.mailbox.wait_for_nth_code(address, before + 1).await;
        visitor.post("/sign-in", &[("email", address), ("way", "code"), ("code", &code)]).await;
        assert_eq!((visitor.status(), visitor.location().as_deref()), (303, Some("/apps")), "{visitor}");
        visitor.follow().await;
    }
}
