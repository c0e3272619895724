# Settings of the organisation.

settings-intro = These settings apply to all of { $organisation }. They take effect with everybody’s next page.
settings-sections = Sections of this page
settings-section-organisation = Organisation
settings-section-self-service = Self-service group management
settings-section-guests = Guests
settings-section-members = Members
settings-section-limits = Limits
settings-audited = Changes are written to the audit log.
settings-saved = The settings have been saved.
settings-stale-link = Show the settings as they are now

settings-name = Name
settings-name-hint = Is shown at the top of every page and in every invitation.
settings-primary-domain = Primary domain
settings-primary-domain-hint = Colleagues have addresses of this domain. Nobody there can be invited as a guest.
settings-other-domains = Other domains of your own
settings-other-domains-hint = One on each line. They count as your own too.
settings-time-zone = Time zone
settings-time-zone-hint = A name such as Europe/Amsterdam. Times on pages and in mails are told in it.
settings-time-zone-unknown = There is no such time zone. Write a name such as Europe/Amsterdam.
settings-default-language = Default language
settings-default-language-hint = For people who have not chosen a language themselves.
settings-privacy-url = Privacy statement for guests
settings-privacy-url-hint = Linked in every invitation and on the page where guests accept.

settings-owners-manage = Owners can manage group membership requests in the Access Panel
settings-owners-on = Turning this off hides “Add members” for every owner. { $apps } and { $owners } use it today.
settings-owners-off = Turning this on lets owners add people to their groups and apps: { $apps } and { $owners } are ready for it.
settings-apps = { $count ->
    [one] { $count } app
   *[other] { $count } apps
}
settings-owners = { $count ->
    [one] { $count } owner
   *[other] { $count } owners
}
settings-groups-page = Restrict access to the Groups page
settings-groups-page-hint = If Yes, only owners of groups see it.

settings-invite-policy = Who may invite guests?
settings-open-invitations = { $count ->
    [0] No invitation is open now.
    [one] { $count } invitation is open now. It is put on hold when its sender may no longer invite.
   *[other] { $count } invitations are open now. They are put on hold when their sender may no longer invite.
}
settings-policy-anyone = Anyone, guests included
settings-policy-members = Members
settings-policy-inviters = Only administrators and guest inviters
settings-policy-nobody = Nobody
settings-domain-rule = Which domains may guests come from?
settings-domain-rule-hint = Both lists are kept when you choose another rule.
settings-rule-any = Any domain
settings-rule-all_but = Any, except these
settings-rule-only = Only these domains
settings-accepted-domains = Domains under “only these”
settings-accepted-domains-needed = Put at least one domain here, or nobody can be invited.
settings-accepted-domains-hint = One on each line. Write *.example.org for subdomains too.
settings-refused-domains = Domains under “any, except these”
settings-refused-domains-hint = One on each line. Write *.example.org for subdomains too.
settings-guests-see = What do guests see?
settings-guests-see-own = Only their own apps and groups
settings-guests-see-fellow_members = Also fellow members of their groups
settings-invitation-days = How long does an invitation link work?
settings-invitation-days-hint = Between 1 and 30 days. Links that were sent before keep their time.
settings-days = days
settings-welcome-messages = Allow welcome messages
settings-welcome-messages-hint = A few words of the sender’s own in the invitation.
settings-members-search = Members can search the directory
settings-members-search-hint = If No, owners type whole addresses to add somebody.

settings-inviter-hourly = Invitations by one person in an hour
settings-limit-hint = People see how many they have left where the limit binds.
settings-inviter-daily = Invitations by one person in a day
settings-organisation-hourly = Invitations by the whole organisation in an hour
settings-recipient-daily = Mails to one address in a day
settings-recipient-daily-hint = Codes for signing in do not count.

settings-impact-title = Save these settings?
settings-impact-text = This takes something away. Nothing has been saved yet.
settings-impact-save = Save settings
settings-impact-back = Back to the settings
settings-loss-owners = Owners can no longer add or remove people. They still see their groups and apps.
settings-loss-inviting = Fewer people can invite guests.
settings-loss-domains = Guests from some domains can no longer be invited. Guests who are in already stay.
settings-loss-own-domains = New people with an address of the added domain can no longer be invited as guests.
settings-loss-guests-see = { $count ->
    [one] { $count } guest no longer sees fellow members of groups.
   *[other] { $count } guests no longer see fellow members of their groups.
}
settings-loss-welcome-messages = Invitations carry no message of the sender any more. Nor do those already sent, when they are opened or sent again.
settings-loss-members-search = { $count ->
    [one] { $count } member can no longer search for colleagues.
   *[other] { $count } members can no longer search for colleagues.
}
settings-loss-groups-page = { $count ->
    [one] { $count } person no longer sees the Groups page, unless an owner.
   *[other] { $count } people no longer see the Groups page, unless they own a group.
}
settings-touched-owners = { $count ->
    [one] { $count } owner can manage or invite less
   *[other] { $count } owners can manage or invite less
}
settings-touched-owners-text = They are told why in the group or the app.
settings-touched-apps = { $count ->
    [one] { $count } app takes no more guests from its owners
   *[other] { $count } apps take no more guests from their owners
}
settings-touched-apps-text = Whoever can open them now still can.
settings-touched-invitations = { $count ->
    [one] { $count } open invitation is put on hold
   *[other] { $count } open invitations are put on hold
}
settings-touched-invitations-text = Their links say that the invitation waits. They work again when the cause is gone or an administrator approves them.
settings-touched-nobody = No owner, app or open invitation is touched today.
