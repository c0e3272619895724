# Groups, their owners and members.

groups-i-own = Groups I own
groups-im-in = Groups I’m in
groups-lead-owned = Being in a group opens the apps it is assigned to. You decide who is in the groups marked Assigned.
groups-lead-owned-off = Being in a group opens the apps it is assigned to. Owners can’t manage members: the organisation has turned this off.
groups-lead-joined = Being in these groups opens apps for you.
groups-none-owned = You own no groups. Apps you can open are under My Apps.
groups-none-joined = You are in no groups. Apps you can open are under My Apps.
groups-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}
groups-guests = { $count ->
    [one] { $count } guest
   *[other] { $count } guests
}
groups-opens = Opens

people-why-owner = You own this app’s group,
people-why-administrator = You manage this app as an administrator. Its group:
people-why-no-group = You see this app as an administrator. It has no target group yet.
people-why-group-owner = You own this group.
people-why-group-administrator = You manage this group as an administrator.
people-why-group-member = You are in this group.
people-title = Members of { $name }
people-open = Open { $app }
people-in-administration = Open in Administration
people-members = Members
people-owners = Owners
people-search = Search members
people-add = Add members
people-all = All
people-guests = Guests
people-invited = Invited
people-expired = Expired
people-none = Nobody to show here
people-none-app = People you add can open { $name }. Guests get an invitation by e-mail first.
people-none-group = People you add are in { $name } and get the apps it opens. Guests get an invitation by e-mail first.
people-no-match = Nobody here matches “{ $q }”.
people-fellows-hidden = Who else is in this group is not shown to guests.
people-guest-since = Guest since { $when }
people-not-redeemed = Has not accepted an invitation yet
people-blocked = Blocked by an administrator
people-link-until = link works until { $when }
people-invited-to = invited to { $target }
people-mail-waiting = Mail waiting to be sent
people-mail-sent = Mail sent { $when }
people-mail-written = Mail not sent: no mail server is set up
people-mail-retrying = Mail waiting, trying again
people-mail-retrying-because = Mail waiting, trying again: { $reason }
people-mail-next-try = next try { $when }
people-mail-failed = Mail failed: { $reason }
people-mail-dropped = Mail not sent
people-expired-today = Today
people-expired-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
people-again = Send again
people-again-to = Send again to { $address }
people-approve = Approve this invitation
people-take-back = Take it back
people-take-back-ask = Take it back…
people-remove-ask = Remove from { $name }…
people-remove-title = Remove { $person } from { $name }?
people-remove-text = { $person } loses access at once.
people-remove-self-app = You leave the group that opens { $name }. Unless you have it in another way, you lose it at once and can no longer manage who can open it.
people-remove-self-group = You are not in { $name } any more then, but you still own and manage it.
people-remove-self-administrator = You lose access yourself at once. As an administrator you still manage { $name }.
people-remove-opens = What this group opens:
people-remove-app = { $app }, unless it was given in another way too
people-remove-stays = The account stays, and so does everything else.
people-remove-stays-guest = Open invitations of this guest to this group and its apps are taken back. The guest account stays, and so does everything else it was given.
people-revoke-title = Take back the invitation to { $address }?
people-revoke-text = The link in the mail stops working at once. You can invite this address again later.
people-removed = { $person } has been removed from { $name }.
people-sent-again = The invitation has been sent again to { $address }. The link in it works until { $until }.
people-sent-again-held = The invitation to { $address } has a new link. The mail waits until an administrator releases it.
people-taken-back = The invitation to { $address } has been taken back.
people-approved = You have approved the invitation to { $address }. It can be accepted.
people-refused = That could not be done. { $reason }
people-rule = The rule
people-rule-worked-out = Worked out { $when }
people-rule-being-worked-out = Who matches is being worked out at this moment
people-rule-matches = { $count ->
    [one] { $count } person matches
   *[other] { $count } people match
}
people-synced = This group is kept in { $source }, so it can only be changed there
people-synced-from = Where it comes from
people-synced-directory = Directory
people-synced-last = Last synced
people-instead-group = Add the guest to { $group }
people-instead-group-hint = You own it, and it takes guests
people-instead-change = Open this group in Administration
people-instead-change-hint = Membership and rule are set there
people-instead-set-up = Set up self-service for this app
people-instead-set-up-hint = The checklist shows what is missing
