# Administration.

admin-overview-intro = How { $organisation } stands, and what waits for you.
admin-overview-attention = Needs attention
admin-overview-calm = Nothing needs your attention.
admin-overview-set-up = So that owners can invite guests
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
admin-want-failed-mails-text = What the relay said stands beside each.
admin-want-failed-mails-link = Show failed mails
admin-want-suspended = { $count ->
    [one] { $count } invitation is on hold.
   *[other] { $count } invitations are on hold.
}
admin-want-suspended-text = Their links wait until the cause is gone or you approve them.
admin-want-suspended-link = Show those on hold
admin-want-incomplete-apps = { $count ->
    [one] { $count } app has self-service on, but its owners can’t invite yet.
   *[other] { $count } apps have self-service on, but their owners can’t invite yet.
}
admin-want-incomplete-apps-text = Something is still missing in the set-up.
admin-want-incomplete-apps-link = Show what is missing
admin-want-expired = { $count ->
    [one] { $count } invitation expired without an answer.
   *[other] { $count } invitations expired without an answer.
}
admin-want-expired-text = Send them again, or leave them.
admin-want-expired-link = Show expired invitations
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
