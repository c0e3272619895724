//! One step of somebody who says who they are: what is proved, and what comes next.

use actix_web::HttpResponse;
use chrono::TimeDelta;
use directory::rate_limit::{RateLimit, Try, counting_failures};
use directory::{
    EmailAddress, Tx,
    one_time_code::{self, Shown},
    sign_in::{self, Factor, Progress},
};

use super::{
    Way,
    screens::{self, Screen},
};
use crate::web::{Flash, Form, PageError, Visit, codes, passwords, paths};

/// Passwords and codes from one network. Those that let somebody in are given back, so that colleagues behind one
/// address do not keep each other out (SECURITY C8).
const FROM_ONE_PLACE: RateLimit = RateLimit::new("sign-in", 40, TimeDelta::minutes(10));
/// Passwords for one address from one place.
const FROM_ONE_PLACE_FOR_ONE: RateLimit = RateLimit::new("sign-in-here", 10, TimeDelta::minutes(10));
/// Passwords for one address from anywhere, without a code: it slows guessing down, and codes by mail stay open
/// (SECURITY C8).
const FOR_ONE_ADDRESS: RateLimit = RateLimit::new("sign-in-address", 60, TimeDelta::hours(1));
/// The same in a browser in which the address's owner has signed in before.
const IN_A_KNOWN_BROWSER: RateLimit = RateLimit::new("sign-in-known", 60, TimeDelta::hours(1));
/// The same for whoever has entered a code, so that they are not kept out by those who guess.
const AFTER_A_CODE: RateLimit = RateLimit::new("sign-in-after-code", 60, TimeDelta::hours(1));
/// Codes asked for from one network.
const CODES_FROM_ONE_PLACE: RateLimit = RateLimit::new("sign-in-codes", 60, TimeDelta::minutes(10));

/// Somebody who gave an address.
pub(super) struct Attempt {
    pub(super) visit: Visit,
    pub(super) form: Form,
    pub(super) address: EmailAddress,
}

impl Attempt {
    /// A password was typed.
    pub(super) async fn with_password(mut self) -> Result<HttpResponse, PageError> {
        let Some(typed) = passwords::typed(&mut self.form, "password") else {
            return screens::draw(&self.visit, self.form, Screen::Ways(Way::ALL));
        };
        let tries = self.tries().await?;
        let taken_at = self.visit.limit(tries).await?;
        let address = self.address.clone();
        let hashed = self.visit.read(move |tx| sign_in::password_hash(tx, &address)).await?;
        if passwords::is_right(typed, hashed.clone()).await? {
            let progress = self.password_proved(hashed).await?;
            if progress != Progress::Refused {
                self.visit.give_back(self.visit.tries_here(FROM_ONE_PLACE), taken_at);
            }
            return self.after(progress);
        }
        let address = self.address.clone();
        self.visit.write(move |tx| sign_in::password_wrong(tx, &address)).await?;
        self.visit.state.metrics.not_signed_in();
        if self.has_entered_a_code().await? {
            self.form.refuse("password", "sign-in-password-wrong-after-code");
            return screens::draw(&self.visit, self.form, Screen::Ways(&[Way::Password]));
        }
        self.form.refuse("password", "sign-in-password-wrong");
        screens::draw(&self.visit, self.form, Screen::Ways(Way::ALL))
    }

    async fn tries(&self) -> directory::Result<Vec<Try>> {
        let whose = self.address.key();
        let for_one = FROM_ONE_PLACE_FOR_ONE.of(format!("{} {whose}", self.visit.network()));
        let anywhere = match self.visit.mark_of(&self.address) {
            _ if self.has_entered_a_code().await? => AFTER_A_CODE.of(whose),
            Some(mark) => IN_A_KNOWN_BROWSER.of(mark),
            None => FOR_ONE_ADDRESS.of(whose),
        };
        let mut tries = self.visit.tries_here(FROM_ONE_PLACE);
        tries.extend([for_one, anywhere]);
        Ok(tries)
    }

    async fn has_entered_a_code(&self) -> directory::Result<bool> {
        let (whose, browser) = (self.address.key(), self.visit.browser_key());
        self.visit.read(move |tx| one_time_code::proved(tx, &whose, &browser)).await
    }

    /// The right password: where a code is wanted too, it is mailed at once.
    async fn password_proved(&self, hash: Option<String>) -> Result<Progress, PageError> {
        let (address, browser) = (self.address.clone(), self.visit.browser_key());
        let language = self.visit.texts.language();
        let prove = move |tx: &mut Tx<'_>| {
            let progress = sign_in::password_proved(tx, &address, hash.as_deref(), &browser)?;
            if progress == Progress::Wanted(Factor::Code) {
                sign_in::ask_for_code(tx, &address, &browser, Shown::Password, language)?;
            }
            Ok(progress)
        };
        Ok(self.visit.sign_in(prove, Progress::entrance).await?)
    }

    /// A code is asked for; the answer is the same for every address.
    pub(super) async fn for_code(self) -> Result<HttpResponse, PageError> {
        self.visit.limit(self.visit.tries_here(CODES_FROM_ONE_PLACE)).await?;
        let (address, browser) = (self.address, self.visit.browser_key());
        let language = self.visit.texts.language();
        let mark = self.visit.mark_of(&address);
        let ask = move |tx: &mut Tx<'_>| {
            let shown = mark.as_deref().map_or(Shown::Nothing, Shown::KnownBrowser);
            sign_in::ask_for_code(tx, &address, &browser, shown, language)
        };
        self.visit.write(ask).await?;
        let note = self.form.sends("again").then(|| Flash::ok("sign-in-code-sent-again"));
        Ok(self.visit.see_other(&paths::sign_in_code(self.form.value("next")), note))
    }

    /// Digits were typed. Every try counts in the database, on the code itself (SECURITY C6).
    pub(super) async fn with_code(mut self) -> Result<HttpResponse, PageError> {
        let Some(digits) = self.form.parse("code", codes::read_required) else {
            return screens::draw(&self.visit, self.form, Screen::Code);
        };
        let tries = self.visit.tries_here(FROM_ONE_PLACE);
        let (address, browser) = (self.address.clone(), self.visit.browser_key());
        let app = paths::opened_app(self.form.value("next")).map(str::to_owned);
        let enter =
            move |tx: &mut Tx<'_>| sign_in::enter_code(tx, &address, &browser, &digits, app.as_deref());
        let enter = move |tx: &mut Tx<'_>| counting_failures(tx, &tries, &enter, Progress::has_failed);
        let entered = self.visit.sign_in(enter, |entered| entered.as_ref().ok()?.entrance()).await?;
        let progress = entered.map_err(PageError::TooMany)?;
        if !progress.has_failed() {
            self.visit
                .give_back(self.visit.tries_here(CODES_FROM_ONE_PLACE), self.visit.state.directory.now());
        }
        self.after(progress)
    }

    fn after(mut self, progress: Progress) -> Result<HttpResponse, PageError> {
        match progress {
            Progress::SignedIn(_) => self.visit.state.metrics.signed_in(),
            ref failed if failed.has_failed() => self.visit.state.metrics.not_signed_in(),
            _ => {}
        }
        let screen = match progress {
            Progress::SignedIn(_) => {
                let next = self.form.value("next");
                // A direct link leaves from a page of ours when there is a note to show.
                let note = paths::opened_app(next).map(|_| Flash::ok("signed-in"));
                let mut response = self.visit.see_other(next, note);
                self.visit.make_browser_known(&self.address, &mut response);
                return Ok(response);
            }
            Progress::Invited(token) => return Ok(self.visit.see_other(&paths::invitation(token), None)),
            Progress::Wanted(Factor::Code) => {
                return Ok(self.visit.see_other(&paths::sign_in_code(self.form.value("next")), None));
            }
            Progress::Wanted(Factor::Password) => Screen::Ways(&[Way::Password]),
            Progress::WrongCode(left) => {
                self.form.refuse("code", codes::wrong(left));
                Screen::Code
            }
            Progress::CodeOver => {
                self.form.refuse("code", codes::over());
                Screen::Code
            }
            // A password was changed while it was checked.
            Progress::Refused => self.refuse("sign-in-refused", "sign-in-password-wrong"),
            Progress::Restored => self.refuse("panel-restored", "panel-restored"),
        };
        screens::draw(&self.visit, self.form, screen)
    }

    /// Says no beside what was typed: the code, or the password.
    fn refuse(&mut self, of_code: &'static str, of_password: &'static str) -> Screen {
        if self.form.sends("code") {
            self.form.refuse("code", of_code);
            Screen::Code
        } else {
            self.form.refuse("password", of_password);
            Screen::Ways(Way::ALL)
        }
    }
}
