# Add members and the invitations people send.

add-title = Add members to { $name }
add-question-app = Who should be able to open { $name }?
add-question-group = Who should be in { $name }?
add-hint = Search one name, or type addresses; several addresses at once is fine.
add-placeholder = name or name@example.org
add-nobody = Put at least one person on the list.
add-not-an-address = “{ $typed }” is not an e-mail address. Press Search to look for a name, or type the whole address.
add-too-many = At most { $max } addresses at once.
add-more-than-fit = At most { $max } addresses at once. The first are on the list, the others are still in this field.
add-found = Found
add-found-count = { $count } found
add-colleague = colleague
add-put = Put on the list
add-put-person = Put on the list: { $name }
add-drop = Take { $name } off the list
add-dropped = { $name } is off the list.
add-still-listed = { $count ->
    [0] Nobody is left on it.
    [one] { $count } is left on it.
   *[other] { $count } are left on it.
}
add-change = Change
add-change-this = Change { $address }
add-list = On the list
add-list-empty = Nobody on the list yet.
add-search-off = Searching the directory has been turned off. Type the whole e-mail address.
add-search-short = Type at least three letters of a name.
add-search-none = Nobody found for “{ $q }”. Type the whole e-mail address to invite a guest.
add-search-more = There are more. Type more of the name.
add-search-hint = Not here? Type the whole e-mail address and press Enter to invite a guest.
add-message = Welcome message
add-message-hint = Guests read this in the mail. Plain text without links, at most 1,000 characters.
add-message-left = Characters left:
add-language = Language of the mail
add-language-own = The guest’s own, else the organisation’s
add-left = { $count ->
    [0] You can invite no more guests for now.
    [one] You can invite { $count } more guest for now.
   *[other] You can invite { $count } more guests for now.
}
add-preview = What a guest will receive
add-preview-title = The invitation mail as the guest will see it
add-preview-update = Update preview
add-preview-note = The link in the real mail is personal to the guest. In this preview it does nothing.
add-preview-from = From
add-preview-reply = Reply to
add-preview-subject = Subject
add-people = { $count ->
    [one] { $count } person will be added
   *[other] { $count } people will be added
}
add-invited = { $count ->
    [one] { $count } guest is invited
   *[other] { $count } guests are invited
}
add-at-once = { $count ->
    [one] { $count } colleague or guest gets access at once
   *[other] { $count } colleagues or guests get access at once
}
add-skipped = { $count ->
    [one] { $count } is skipped.
   *[other] { $count } are skipped.
}
add-button = { $count ->
    [one] Add { $count } person
   *[other] Add { $count } people
}
add-outcome-done = { $count } added
add-outcome-left = { $count } not added
added-invited = Invitation sent to { $people }. The link in it works until { $until }.
added-invited-held = Invited: { $people }. The mail waits until an administrator releases it.
added-at-once = { $people }: added, with access at once.
added-both = Invitation sent to { $invited }. Added with access at once: { $added }.
added-both-held = Invited: { $invited }. Added with access at once: { $added }. The mail waits until an administrator releases it.
add-unfinished = The panel could not save everything. Who is still listed may not have been added: press Add again.
added-partly = Of those you added { $done } are saved and { $left } may not be. Look at the list, and add who is missing.
added-nothing = Nothing has changed. Already in: { $in }. Already invited and not yet in: { $invited }.
added-nothing-in = Nothing has changed. Already in: { $in }.
added-nothing-invited = Nothing has changed. Already invited and not yet in: { $invited }.

verdict-new-guest = New guest · gets the invitation by e-mail
verdict-domain-looks = This domain looks like { $domain }.
verdict-guest-app = guest since { $since }, can open it at once
verdict-guest-group = guest since { $since }, in the group at once
verdict-colleague-app = colleague, can open it at once
verdict-colleague-group = colleague, in the group at once
verdict-already-in = Already a member
verdict-already-invited = Already invited on { $when }, not accepted yet
verdict-already-invited-why = Adding again changes nothing.
verdict-send-again = Send that invitation again
