# My Apps, the direct link of an app, and the page of an app's people.

apps-search = Search your apps
apps-collections = Collections
apps-all = Apps
apps-other = More
apps-manage = Manage app
apps-invite = Invite someone
apps-new-tab = Open in new tab
apps-no-match = No app matches.
apps-show-all = Show all apps
apps-groups-owned = { $count ->
    [one] You own { $count } group
   *[other] You own { $count } groups
}
apps-groups-joined = { $count ->
    [one] You are in { $count } group
   *[other] You are in { $count } groups
}
apps-expired = Your invitation to { $address } for { $target } has expired.
apps-declined = { $address } declined the invitation to { $target }.
apps-declined-again = Invite again
apps-declined-by-link = Written by whoever had the link; the mailbox was not asked for. Ask the guest before you invite another address.
apps-expired-review = Review
apps-none = There are no apps to show.
apps-none-member = When somebody gives you an app, its tile appears here by itself. If you miss an app, ask the colleague who owns it, or an administrator.
apps-none-guest = When somebody gives you an app, its tile appears here by itself. If you expected one, ask the person who invited you.
apps-none-administrator = Add an app and assign it to yourself, and its tile appears here.
apps-none-assign = Assign an app to yourself, and its tile appears here.
apps-none-add = Add an app

open-closed-title = You can’t open this app
open-closed-text = It may have been removed, or nobody has given it to you yet.
open-signed-in-as = You are signed in as
open-closed-address = Were you promised this app under another address? Sign out, then sign in with that one.
open-closed-mail = Have you been invited? Open the link in the invitation mail first; the app opens after that.
open-closed-ask = Otherwise ask the person who sent you here to add you.
open-unfinished-title = { $app } can’t be opened yet
open-unfinished-text = An administrator still has to set up how people sign in to it.
open-leaving-title = Opening { $app }
open-leaving-text = If it does not open by itself, press the button.
open-leaving-now = Open { $app }
