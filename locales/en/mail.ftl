# What mails say (SPEC 4.4). $inviter, $target and $organisation are names that people chose.

mail-sender = { $inviter } via { $organisation }
mail-privacy = Privacy statement of { $organisation }
mail-copy = Button not working? Copy this address into your browser:
mail-preview-link = personal link (only the guest gets it)

mail-invitation-subject = { $inviter } invites you to { $target } at { $organisation }
mail-invitation-subject-directory = { $inviter } invites you to { $organisation }
mail-invitation-headline = { $inviter } of { $organisation } invites you to { $target }
mail-invitation-headline-directory = { $inviter } invites you to { $organisation }
mail-invitation-expect = Only accept if you know { $inviter } and expected this. Not sure? Reply to this mail: your answer goes to { $inviter }, { $address }.
mail-invitation-wrote = { $inviter } wrote:
mail-invitation-accept = Accept the invitation
mail-invitation-opens-app = You will be able to open { $target }.
mail-invitation-opens-app-at = You will be able to open { $target } ({ $host }).
mail-invitation-opens-group = You will be in the group { $target }, with access to what it shares.
mail-invitation-opens-directory = You will be a guest of { $organisation }.
mail-invitation-until = The link works until { $until }.
mail-invitation-meant-for = It is personal to you and meant for { $address }.
mail-invitation-not-expected = Not expecting this? Open the link to decline the invitation or report it. Nothing is shared until you accept.
mail-invitation-why = { $organisation } sent this because { $inviter } invited you as a guest.

mail-added-subject = { $inviter } added you to { $target } at { $organisation }
mail-added-headline = { $inviter } of { $organisation } added you to { $target }
mail-added-ask = Questions? Reply to this mail: your answer goes to { $inviter }, { $address }.
mail-added-open = Open { $target }
mail-added-opens-app = You can open { $target } now.
mail-added-opens-app-at = You can open { $target } ({ $host }) now.
mail-added-opens-group = You are in the group { $target } now, with access to what it shares.
mail-added-opens-directory = You are a guest of { $organisation } now.
mail-added-account = Sign in with { $address }.
mail-added-why = { $organisation } sent this because { $inviter } gave you access.

mail-code-subject = Your code for { $organisation }
mail-code-headline = Your code for { $organisation }
mail-code-enter-sign-in = Enter this code on the page where you are signing in:
mail-code-enter-redemption = Enter this code on the page of your invitation, to show that this mailbox is yours:
mail-code-valid = { $minutes ->
    [one] It works once, for one minute, only in the browser in which it was asked for.
   *[other] It works once, for { $minutes } minutes, only in the browser in which it was asked for.
}
mail-code-asked = Asked for on { $at }, for { $address }.
mail-code-not-expected = You did not ask for it? Then you can ignore this mail: nobody gets in without the code. Never give it to anyone, whoever asks.
mail-code-why = { $organisation } sent this because somebody entered your address there.
