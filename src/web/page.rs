//! From a visit to an answer: the frame of the page, the page itself, the way to the next.

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    cookie::Cookie,
    http::{StatusCode, header},
};
use askama::Template;
use chrono_tz::Tz;
use directory::{Actor, Error, access::Refusal, user::UserKind};

use super::{
    Form, PageError, Visit, cookies,
    error_page::HTML,
    flash::Flash,
    layout::{self, Me, Page},
    paths, refusals,
};
use crate::text::zone;

impl Visit {
    /// The frame of a page, its title a key of the catalogue.
    pub(crate) fn page(&self, title: &str) -> Page {
        self.page_titled(self.texts.get(title))
    }

    /// The frame of a page whose title is a name.
    pub(crate) fn page_titled(&self, title: String) -> Page {
        let profile = &self.organisation.profile;
        Page {
            title,
            texts: self.texts,
            theme: self.theme,
            search_key: self.search_key,
            organisation: layout::Organisation {
                name: profile.name.clone(),
                privacy_url: profile.privacy_url.clone(),
            },
            me: self.actor.as_ref().map(|actor| self.me(actor)),
            csrf: self.csrf_token(),
            flash: self.flash.as_ref().map(|flash| flash.say(self.texts)),
            here: self.here.clone(),
            introduction: self.state.introduction.clone(),
            ..Page::default()
        }
    }

    fn me(&self, actor: &Actor) -> Me {
        Me {
            id: actor.id.to_string(),
            name: actor.name.clone(),
            address: actor.address.to_string(),
            guest: actor.kind == UserKind::Guest,
            administrator: actor.administrator,
            groups: self.sees_groups,
        }
    }

    /// The page itself. What the page before left to say has been said with it.
    pub(crate) fn html(
        &self,
        status: StatusCode,
        template: &impl Template,
    ) -> Result<HttpResponse, PageError> {
        let said = self.flash.as_ref().map(|_| self.state.cookies.forget(cookies::FLASH));
        drawn(status, template, said)
    }

    /// A page that is left at once. What it says is said once more, on the next page that stays.
    pub(crate) fn html_in_passing(
        &self,
        status: StatusCode,
        template: &impl Template,
    ) -> Result<HttpResponse, PageError> {
        let again = self.flash.as_ref().map(|flash| {
            if flash.takes_time() {
                self.note(&flash.once_more())
            } else {
                self.state.cookies.forget(cookies::FLASH)
            }
        });
        drawn(status, template, again)
    }

    fn note(&self, flash: &Flash) -> Cookie<'static> {
        self.state.cookies.make(cookies::FLASH, flash.seal(&self.state.keys))
    }

    /// A rule's "no" in the visitor's language, for beside a field.
    pub(crate) fn sentence(&self, refusal: &Refusal) -> String {
        refusals::say(self.texts, refusal, self.zone())
    }

    /// A rule's "no", and who can make it go away.
    pub(crate) fn explained(&self, refusal: &Refusal) -> String {
        refusals::explain(self.texts, refusal, self.zone())
    }

    /// What a verb did with a form. A "no" is written beside `field`, and it is noted where somebody else was faster:
    /// then there is `None`, and the page is drawn again with [`Form::status`].
    ///
    /// # Errors
    /// What else the verb answers.
    pub(crate) fn settle<T>(
        &self,
        form: &mut Form,
        field: &str,
        answer: directory::Result<T>,
    ) -> Result<Option<T>, PageError> {
        self.settle_beside(form, |_| field, answer)
    }

    /// The same where it depends on the "no" which field it is about.
    ///
    /// # Errors
    /// As [`Visit::settle`].
    pub(crate) fn settle_beside<'a, T>(
        &self,
        form: &mut Form,
        field: impl FnOnce(&Refusal) -> &'a str,
        answer: directory::Result<T>,
    ) -> Result<Option<T>, PageError> {
        match answer {
            Ok(done) => Ok(Some(done)),
            Err(Error::Refused(refusal)) => {
                form.refuse(field(&refusal), self.sentence(&refusal));
                Ok(None)
            }
            Err(Error::Stale) => {
                form.outdate();
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Why an invitation is on hold, for a list.
    pub(crate) fn on_hold(&self, refusal: &Refusal) -> String {
        refusals::say_on_hold(self.texts, refusal, self.zone())
    }

    /// The organisation's time zone, in which every moment is told.
    pub(crate) fn zone(&self) -> Tz {
        zone(&self.organisation.profile.time_zone)
    }

    /// On to another page of the panel, which says how it went: after a `POST`.
    pub(crate) fn see_other(&self, path: &str, flash: impl Into<Option<Flash>>) -> HttpResponse {
        let mut response = see_other(path);
        if let Some(flash) = flash.into() {
            response.cookie(self.note(&flash));
        }
        response.finish()
    }
}

fn drawn(
    status: StatusCode,
    template: &impl Template,
    flash: Option<Cookie<'static>>,
) -> Result<HttpResponse, PageError> {
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CONTENT_TYPE, HTML));
    if let Some(flash) = flash {
        response.cookie(flash);
    }
    Ok(response.body(template.render()?))
}

/// On to another page. What is no path of ours leads to My Apps.
fn see_other(path: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, paths::safe_next(path)));
    response
}
