# Words of the frame and of the components that every page shares.

page-title = { $title } · { $organisation }
page-title-error = Error: { $title } · { $organisation }
skip-to-content = Skip to content

nav-main = Main
nav-apps = My Apps
nav-groups = Groups
nav-administration = Administration
nav-home = { $organisation }, to My Apps

me-account = your account, { $name }
me-my-account = My account
me-light = Light appearance
me-dark = Dark appearance
me-system = Appearance of this device
me-sign-out = Sign out
me-guest-at = Guest at { $organisation }
language = Language

footer-product = { $organisation } Access Panel
footer-privacy = Privacy statement

admin-nav = Administration
admin-overview = Overview
admin-settings = Settings
admin-users = Users
admin-groups = Groups
admin-apps = Apps
admin-invitations = Invitations
admin-mail = Mail
admin-audit = Audit
admin-health = Health

save = Save
cancel = Cancel
close = Close
add = Add
remove = Remove
search = Search
back = Back
yes = Yes
no = No
none = None
optional = (optional)
undo-changes = Undo changes
copy-link = Copy link
copied = Copied
more-for = More for { $name }
next-page = Next page
first-page = First page
pages = Pages
show-only = Show
show-all = Show all
nothing-matches = Nothing matches this search and filter.
stale = Somebody saved this in the meantime.
stale-text = Nothing of yours was saved yet. Fields that differ are marked: check them, and save again.
saved-now = Saved now: { $value }
saved-now-nothing = Saved now: nothing

guest = Guest
owner = Owner
administrator = Administrator
state-active = Active
state-invited = Invited
state-expired = Expired
state-blocked = Blocked
state-declined = Declined
state-deleted = Deleted
state-suspended = On hold
kind-all = All
kind-assigned = Assigned
kind-dynamic = Dynamic
kind-synced = Synced
you-manage-this-app = you manage this app
step-done = Done
step-missing = Missing
step-blocked = Waits for an earlier step
what-you-can-do-instead = What you can do instead

people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
characters-at-most = At most { $count } characters.
and-more = and { $count } more

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
date-long = { $day } { $month } { $year }
date-short = { $day } { $month }
time-zone = { $time } { $zone }
date-time-zone = { $day } { $month } { $year }, { $time } { $zone }
