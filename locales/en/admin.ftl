# Administration.

admin-overview-intro = How { $organisation } stands, and what waits for you.
admin-overview-attention = Needs attention
admin-overview-calm = Nothing needs your attention.
admin-overview-set-up = So that owners can invite guests
admin-overview-quickest = Quickest: add an app and press “Set up self-service” on its page; that does all three.
admin-overview-steps-done = { $count } of 3 done
admin-overview-figures = In the directory
admin-number = { $count }
admin-figure-members = { $count ->
    [one] active member
   *[other] active members
}
admin-figure-guests = { $count ->
    [one] active guest
   *[other] active guests
}
admin-figure-open-invitations = { $count ->
    [one] open invitation
   *[other] open invitations
}
admin-figure-groups = { $count ->
    [one] group
   *[other] groups
}
admin-figure-apps = { $count ->
    [one] app
   *[other] apps
}
admin-figure-self-service-apps = { $count ->
    [one] app with self-service
   *[other] apps with self-service
}
admin-want-failed-mails = { $count ->
    [one] { $count } mail could not be sent.
   *[other] { $count } mails could not be sent.
}
admin-want-failed-mails-text = What the relay said is shown beside each.
admin-want-failed-mails-link = Show failed mails
admin-want-suspended = { $count ->
    [one] { $count } invitation is on hold.
   *[other] { $count } invitations are on hold.
}
admin-want-suspended-text = On hold until the cause is gone or you approve.
admin-want-suspended-link = Show those on hold
admin-want-incomplete-apps = { $count ->
    [one] { $count } app has self-service on, but its owners can’t invite yet.
   *[other] { $count } apps have self-service on, but their owners can’t invite yet.
}
admin-want-incomplete-apps-text = Something is still missing in the set-up.
admin-want-incomplete-apps-link = Show what is missing
admin-want-unopened-apps = { $count ->
    [one] To { $count } app owners can invite, but nobody can open it yet.
   *[other] To { $count } apps owners can invite, but nobody can open them yet.
}
admin-want-unopened-apps-text = Single sign-on is not set.
admin-want-unopened-apps-link = Show what is missing
admin-want-expired = { $count ->
    [one] { $count } invitation expired without an answer.
   *[other] { $count } invitations expired without an answer.
}
admin-want-expired-text = What has expired can be sent again.
admin-want-expired-link = Show expired invitations
admin-want-mail-held = The panel is closed and mail is held after a restore.
admin-want-mail-held-text = Nobody but administrators gets in, no invitation can be accepted, and no mail but codes leaves until you open the panel.
admin-want-mail-held-link = See what waits
admin-want-no-relay = No mail relay is set up.
admin-want-no-relay-text = Mail is written to a folder on the server and reaches nobody.
admin-want-no-relay-link = Where mail goes
admin-step-switch = Let owners manage membership
admin-step-switch-text = The switch “Owners can manage group membership requests in the Access Panel” is on.
admin-step-switch-link = Open the settings
admin-step-group = A security group with an owner
admin-step-group-text = It has assigned members, is kept here, and a colleague owns it.
admin-step-group-link = Open the groups
admin-step-app = An app with self-service set up
admin-step-app-text = The app has single sign-on, the group is assigned to it, and so is the owner.
admin-step-app-link = Open the app
admin-step-app-choose = Choose an app

admin-users-intro = Everyone who can sign in, and everyone invited.
admin-users-all = Everyone
admin-users-members = Members
admin-users-guests = Guests
admin-users-invited = Not yet accepted
admin-users-blocked = Blocked
admin-users-deleted = In the bin
admin-users-search = Search by name or address
admin-users-invite = Invite a guest
admin-users-new = Add a member
admin-users-new-intro = For colleagues: they can sign in at once, with a code sent to their address.
admin-users-new-guest = Somebody from outside? Invite a guest.
admin-user-added = { $name } has been added. No mail was sent: tell them to sign in at { $url }.
admin-user-saved = { $name } has been saved.
admin-user-address = E-mail address
admin-user-address-hint = It cannot be changed later.
admin-user-name = Name
admin-user-attributes-hint = The rules of dynamic groups look at the fields below.
admin-user-department = Department
admin-user-job-title = Job title
admin-user-country = Country
admin-user-company = Company
admin-user-in-bin-since = In the bin since { $moment }
admin-guest-inviter = Guest inviter
admin-guest-inviter-hint = May invite guests to the organisation without owning a group.
admin-administrator-hint = May do everything on these pages. All sessions of the person end when this changes.
admin-administrator-needs-password = The person needs a password first: they set it themselves under My account.
admin-user-title = { $name }: { $tab }
admin-user-tabs = Pages about this person
admin-user-tab-profile = Profile
admin-user-tab-access = Groups, apps and sessions
admin-user-tab-did = What this person did
admin-user-tab-happened = What happened to this person
admin-user-profile = Profile
admin-user-facts = Facts
admin-user-fact-kind = Kind
admin-user-fact-added = Added
admin-user-fact-sponsor = First invited by
admin-user-fact-redeemed = First accepted
admin-user-fact-deleted = Put in the bin
admin-user-kind-member = Member of the organisation
admin-user-kind-guest = Guest
admin-user-unredeemed = This guest has not accepted an invitation yet.
admin-user-resend = Resend invitation
admin-user-no-invitations = There is no invitation.
admin-user-owns = Owner
admin-user-in = In the group
admin-user-owns-and-in = Owner, and in the group
admin-user-app-off = Turned off for users to sign in
admin-user-app-directly = Directly
admin-user-app-directly-role = Directly, role { $role }
admin-user-app-through = Through the group { $group }
admin-user-app-through-role = Through the group { $group }, role { $role }
admin-user-no-groups = In no group.
admin-user-no-apps = No app is assigned.
admin-user-sessions = Sessions
admin-user-no-sessions = Not signed in anywhere.
admin-user-session-began = since { $moment }
admin-user-session-seen = last seen { $moment }
admin-user-not-done = Nothing was changed. { $reason }
admin-user-password-stays = Nothing was changed. An administrator needs a password: take the role away first.
admin-user-block = Block
admin-user-block-title = Block { $name }?
admin-user-block-text = { $name } is signed out everywhere at once and can’t sign in. Memberships and assignments stay as they are. Open invitations that { $name } sent are put on hold.
admin-user-block-text-invited = { $name } can’t accept the invitation and can’t sign in. The person’s own invitation is put on hold.
admin-user-block-done = { $name } has been blocked.
admin-user-unblock = Unblock
admin-user-unblock-title = Unblock { $name }?
admin-user-unblock-text = { $name } can sign in again and has everything that was assigned before.
admin-user-unblock-done = { $name } has been unblocked.
admin-user-delete = Delete
admin-user-delete-title = Delete { $name }?
admin-user-delete-text = { $name } goes into the bin and is signed out everywhere at once. Open invitations that { $name } sent are put on hold. From there you can restore everything.
admin-user-delete-text-invited = { $name } goes into the bin. The person’s own invitation is put on hold. From there you can restore everything.
admin-user-delete-done = { $name } is in the bin.
admin-user-leaves-unmanaged = Nobody manages these then: { $groups }.
admin-user-restore = Restore
admin-user-restore-title = Restore { $name }?
admin-user-restore-text = { $name } comes out of the bin and has everything that was assigned before.
admin-user-restore-done = { $name } has been restored.
admin-user-restore-done-blocked = { $name } is out of the bin and stays blocked.
admin-user-end-sessions = End all sessions
admin-user-end-sessions-title = End all sessions of { $name }?
admin-user-end-sessions-text = { $name } is signed out everywhere at once, and can sign in again.
admin-user-end-sessions-done = All sessions of { $name } have been ended.
admin-user-remove-password = Remove password
admin-user-remove-password-title = Remove the password of { $name }?
admin-user-remove-password-text = { $name } is signed out everywhere at once, signs in with a code by mail from then on, and can set another password.
admin-user-remove-password-done = The password of { $name } has been removed.

admin-invite-intro = The guest is invited to { $organisation } alone, without an app or a group.
admin-invite-message = Welcome message
admin-invite-language = Language of the mail
admin-invite-button = Invite
admin-invite-left = { $count ->
    [0] You can invite no more guests for now.
    [one] You can invite { $count } more for now.
   *[other] You can invite { $count } more for now.
}
admin-invite-sent = { $address } has been invited.
admin-invite-already = { $address } was invited before and has not answered yet. The invitation is below: there you can send it again or revoke it.
admin-invite-there = { $address } is in the directory already.
admin-invite-undecided = Invited to { $organisation }, and not answered yet
admin-invite-undecided-more = These are the newest { $count }. You find the others with the search.

admin-invitations-intro = Every invitation and where it stands.
admin-invitations-search = Search by address
admin-invitations-none = No invitations here
admin-invitations-none-text = Owners invite guests from Manage app or from their groups. You find every invitation here.
admin-invitation-all = All
admin-invitation-open = Open
admin-invitation-accepted = Accepted
admin-invitation-declined = Declined
admin-invitation-revoked = Revoked
admin-invitation-expired = Expired
admin-invitation-suspended = On hold
admin-invitation-open-when = Link works until { $moment }
admin-invitation-expired-when = Since { $moment }
admin-invitation-accepted-when = { $moment }
admin-invitation-declined-when = { $moment }
admin-invitation-revoked-when = { $moment }
admin-invitation-declined-because = { $moment }: “{ $reason }” (written by whoever had the link)
admin-invitation-guest-deleted = This person is in the bin. Restore the person, or revoke the invitation.
admin-invitation-guest-blocked = This person is blocked. Let the person in again, or revoke the invitation.
admin-invitation-by = Invited by { $name }
admin-invitation-to-organisation = The organisation
admin-invitation-resend = Resend invitation
admin-invitation-revoke = Revoke
admin-invitation-approve = Approve in my name
admin-invitation-was-resent = The invitation to { $address } is on its way again. The earlier link no longer works.
admin-invitation-was-resent-held = The invitation to { $address } has a new link, and the earlier one no longer works. The mail waits until mail is released.
admin-invitation-was-revoked = The invitation to { $address } has been revoked.
admin-invitation-was-approved = The invitation to { $address } has been approved and is now in your name.
admin-invitation-not-done = Nothing was done. { $reason }
admin-revoke-title = Revoke this invitation?
admin-revoke-text = The link in the mail to { $address } stops working at once. You can invite the address again later.

admin-check-link = Who may invite whom?
admin-check-title = Who may invite whom?
admin-check-intro = Ask whether a person could invite an address to an app or a group, and see every rule.
admin-check-who = Who would invite
admin-check-who-hint = A name or an address.
admin-check-person = Whom do you mean?
admin-check-nobody = Nobody has this name or address.
admin-check-several = Several people match. Choose one.
admin-check-email = The address to invite
admin-check-target = To which app or group
admin-check-app = App: { $name }
admin-check-group = Group: { $name }
admin-check-button = Check
admin-check-nothing-sent = Nothing is sent.
admin-check-outcome = Answer
admin-check-yes = Yes. { $target }: { $person } can add { $address }.
admin-check-no = No. { $target }: { $person } can’t add { $address }.
admin-check-passed = Passed
admin-check-failed = Not passed
admin-check-fails = { $rule }: no. { $person } would read: “{ $sentence }”
admin-check-rule-manager = Manages the app or group
admin-check-rule-assigned-group = People are added to the group by hand, not by a rule
admin-check-rule-cloud-group = The group is kept here, not in another directory
admin-check-rule-address = The address is complete
admin-check-rule-own-domain = The address is not that of a colleague without an account
admin-check-rule-blocked = Nobody with this address is blocked or in the bin
admin-check-rule-invite-policy = The person may invite guests
admin-check-rule-domain = Guests of this domain may be invited
admin-check-rule-limits = Within the limits on invitations and mails

admin-mail-intro = Every mail and what became of it.
admin-mail-all = All
admin-mail-queued = Waiting
admin-mail-retrying = Trying again
admin-mail-on_hold = On hold
admin-mail-sent = Sent
admin-mail-written = Written to a file
admin-mail-failed = Failed
admin-mail-dropped = Not needed
admin-mail-sentence-queued = Mail waiting since { $moment }
admin-mail-sentence-retrying = Mail is tried again { $moment }: { $answer }
admin-mail-sentence-on_hold = Mail not sent yet: the invitation is on hold
admin-mail-sentence-sent = Mail sent { $moment }
admin-mail-sentence-failed = Mail failed: { $answer }
admin-mail-sentence-dropped = Mail not sent: it was no longer needed
admin-mail-kind-invitation = Invitation
admin-mail-kind-added = Notice of access
admin-mail-kind-code = Code for signing in
admin-mail-column-to = To
admin-mail-column-state = State
admin-mail-attempts = { $count ->
    [one] { $count } attempt
   *[other] { $count } attempts
}
admin-mail-column-answer = What the relay said
admin-mail-next-try = Next try { $moment }
admin-mail-search = Search by address
admin-mail-none = No mails here
admin-mail-none-text = Every mail that is sent appears here with what became of it.
admin-mail-try-again = Try again
admin-mail-queued-again = The mail is tried again now.
admin-mail-waits = The mail waits until mail is released.
admin-mail-not-failed = This mail had not failed, so nothing was done.
admin-mail-goes-relay = Mail goes to { $relay }.
admin-mail-goes-folder = No mail relay is set up, so nobody gets mail.
admin-mail-goes-folder-text = Each mail is written as a file to { $folder } on the server. Set VESTIBULE_SMTP_URL to send it.
admin-mail-held = The panel is closed, and mail is held since { $moment }, when this directory was restored from a backup.
admin-mail-held-text = Until then nobody but administrators gets in, and no invitation can be accepted: people who were blocked since the backup are active again, and invitations that were taken back are open. Put right what you know of: block people, and revoke invitations on the page of the guest. Some of the mails that wait may have gone out before. Codes for signing in are not held.
admin-mail-release = Open the panel and release the mail
admin-mail-release-title = Open the panel and release the mail?
admin-mail-release-text = { $count ->
    [0] People can sign in and accept invitations again. No mail waits now. New mail goes out at once again.
    [one] People can sign in and accept invitations again. { $count } mail goes out at once and can’t be called back. Mail of revoked invitations is not sent.
   *[other] People can sign in and accept invitations again. { $count } mails go out at once and can’t be called back. Mail of revoked invitations is not sent.
}
admin-mail-released = The panel is open. Mail goes out again.

# What turning something off takes away.

admin-switch-holds = { $count ->
    [one] Turning this off puts { $count } open invitation on hold.
   *[other] Turning this off puts { $count } open invitations on hold.
}
