
# Apps, for administrators.

admin-app = App
admin-app-all = All applications
admin-app-enterprise = Enterprise applications
admin-app-search = Search apps
admin-app-sign-in = Sign-in
admin-app-is-enabled = Enabled
admin-app-is-disabled = Not enabled
admin-app-of-three = { $count } of 3
admin-app-self-service-off = Self-service is off
admin-app-show-all = All
admin-app-show-on = Self-service on
admin-app-show-ready = Ready
admin-app-show-missing = Something is missing
admin-app-show-off = Self-service off
admin-app-none = There are no apps yet
admin-app-none-text = Add one from the catalogue, or one of your own.

admin-app-new = New app
admin-app-new-text = Choose a well-known app, or add one of your own.
admin-app-search-catalogue = Search the catalogue
admin-app-categories = Categories
admin-app-custom = Custom app
admin-app-custom-text = Any app with a web address
admin-app-not-in-catalogue = The catalogue does not have it
admin-app-not-in-catalogue-text = Add it as a custom app: all it takes is a name and a web address.
admin-app-new-from = New app: { $app }
admin-app-new-intro = { $app } by { $publisher }, from the catalogue. Change what your organisation calls differently.
admin-app-new-custom = New custom app
admin-app-new-custom-intro = An app that the catalogue does not have
admin-app-new-next = You set up single sign-on, self-service and people next.
admin-app-create = Create
admin-app-created = { $app } was added.

admin-app-title = { $app }: { $tab }
admin-app-kind-gallery = App from the catalogue
admin-app-kind-custom = Custom app
admin-app-open = Open
admin-app-manage = Manage
admin-app-overview = Overview
admin-app-properties = Properties
admin-app-single-sign-on = Single sign-on
admin-app-self-service = Self-service
admin-app-users-and-groups = Users and groups
admin-app-change = Change
admin-app-saved = Saved.
admin-app-direct-link = Direct link
admin-app-direct-link-text = Opens the app for people who have it; others sign in or accept their invitation first.

admin-app-name = Name
admin-app-description = Description
admin-app-description-hint = The first line is shown below the name on My Apps.
admin-app-collection = Collection
admin-app-collection-hint = The heading under which the app is shown on My Apps.
admin-app-home-page = Home page URL
admin-app-home-page-hint = Where the app opens. Begins with https:// or http://.
admin-app-enabled = Enabled for users to sign in?
admin-app-enabled-hint = If not, nobody can open the app and nobody can be invited to it.
admin-app-visible = Visible to users?
admin-app-visible-hint = If not, the app is on nobody’s My Apps. Its direct link still opens it.
admin-app-assignment-required = Assignment required?
admin-app-assignment-required-hint = If not, every member can open the app by its direct link. Guests always need to be assigned.
admin-app-logo = Logo
admin-app-logo-new = New logo
admin-app-logo-hint = PNG, JPEG, WebP or SVG, at most 512 KiB. Square pictures look best.
admin-app-logo-too-large = At most 512 KiB. This picture is larger.
admin-app-logo-upload = Upload
admin-app-logo-saved = The logo was saved.
admin-app-logo-remove = Remove logo
admin-app-logo-removed = The logo was removed.
admin-app-logo-remove-heading = Remove the logo of { $app }?
admin-app-logo-remove-text = The app gets back the picture from the catalogue, or an icon.
admin-app-delete = Delete app
admin-app-delete-heading = Delete { $app }?
admin-app-delete-text = Everybody loses the app at once, and its assignments and roles are removed. If anybody was ever invited to it, it is switched off and hidden instead, because invitations are kept for ever.
admin-app-delete-goes = Everybody loses the app at once, and its assignments and roles are removed.
admin-app-delete-stays = Everybody loses the app at once. People were invited to it, and invitations are kept for ever: the app is switched off and hidden instead.
admin-app-deleted = { $app } was deleted.
admin-app-disabled-instead = { $app } has invitations, which are kept. It was switched off and hidden.

admin-app-single-sign-on-text = How people get from My Apps into the app.
admin-app-method-select = Select a single sign-on method
admin-app-method-none = Not set
admin-app-method-none-hint = Nobody can open the app until a method is chosen.
admin-app-method-linked = Linked
admin-app-method-linked-hint = My Apps opens the home page of the app; the app signs people in by itself.
admin-app-method-opens = The app opens at

admin-app-ready = Owners can invite
admin-app-not-open = Owners can invite, but nobody can open the app yet
admin-app-not-ready = { $count ->
    [one] Owners can’t invite yet: one thing is missing
   *[other] Owners can’t invite yet: { $count } things are missing
}
admin-app-ready-of-three = { $count } of 3 ready
admin-app-checklist-text = Without single sign-on nobody can open the app; without any of the rest “Manage app” does not appear for the owner.
admin-app-missing-of = Missing { $missing } of { $all }
admin-app-step-tenant = Self-service group management is on
admin-app-step-group = A security group with an owner
admin-app-step-app = The app is set up for self-service
admin-app-who = An administrator can mend this, here and now.
admin-app-who-group = An administrator can mend this by choosing a group.
admin-app-who-owner = An administrator can mend this by adding an owner to the group.
admin-app-who-later = First this needs a group with an owner.
admin-app-who-choose = An administrator can mend this by choosing another group.
admin-app-check-tenant = Owners can manage group membership requests in the Access Panel: Yes
admin-app-check-tenant-missing = Owners can manage group membership requests in the Access Panel: No
admin-app-check-group = { $group } is a security group with assigned membership
admin-app-check-group-missing = No group has been chosen to which people are added
admin-app-check-owner = Owned by { $owners }
admin-app-check-owner-missing = { $group } has no active owner
admin-app-check-switch = Owners manage the membership of { $group }
admin-app-check-switch-missing = “Owners manage membership” is switched off for { $group }
admin-app-check-sign-on = Single sign-on is set: { $method }
admin-app-check-sign-on-missing = Single sign-on is not set
admin-app-check-enabled = Enabled for users to sign in
admin-app-check-enabled-missing = Not enabled for users to sign in
admin-app-check-self-service = Self-service is on; new people go to { $group }
admin-app-check-self-service-missing = Self-service is not on with a group
admin-app-check-assigned = { $group } is assigned to { $app }
admin-app-check-assigned-missing = { $group } is not assigned to { $app }, so being in the group opens nothing
admin-app-check-owner-assigned = An owner of { $group } has { $app } on My Apps
admin-app-check-owner-assigned-missing = No owner of { $group } has { $app } on My Apps
admin-app-detail-group = { $group } · owned by { $owners }
admin-app-detail-app = Single sign-on: { $method } · new people go to { $group }
admin-app-mend-tenant = Turn it on for everyone
admin-app-mend-switch = Turn it on
admin-app-mend-sign-on = Set to Linked
admin-app-mend-enabled = Enable the app
admin-app-mend-self-service = Turn self-service on
admin-app-mend-group = Assign the group
admin-app-mend-owner = Assign { $owner }
admin-app-mend-all = Do what is missing
admin-app-mended = Done.
admin-app-not-mended = Nothing was changed. { $reason }
admin-app-to-settings = Organisation settings
admin-app-to-group = Open group
admin-app-obstacle-dynamic = { $group } has dynamic membership: a rule decides who is in it
admin-app-obstacle-synced = { $group } is synced: another directory decides who is in it
admin-app-obstacle-collaboration = { $group } is a collaboration group, not a security group
admin-app-obstacle-no-owner = { $group } has no owner who could invite
admin-app-reason-dynamic = a rule decides who is in it
admin-app-reason-synced = another directory decides who is in it
admin-app-reason-collaboration = it is a collaboration group, not a security group
admin-app-reason-no-owner = it has no owner who could invite

admin-app-self-service-settings = Self-service access
admin-app-owners-manage = Owners manage who has access to this app?
admin-app-owners-manage-hint = Owners of the group below get “Manage app” on their My Apps and can invite guests.
admin-app-target = To which group should assigned users be added?
admin-app-target-hint = Only security groups with assigned membership and an owner are listed.
admin-app-target-none = No group
admin-app-target-unsuitable = { $group } (does not suit any more)
admin-app-opens-more = I have read which other apps this group opens, and want people to get those as well
admin-app-filling = I have read through which apps people come into this group, and want them to get this app as well
admin-app-unsuitable = Groups that can’t be chosen
admin-app-unsuitable-text = Each with the reason.
admin-app-unsuitable-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}

admin-app-set-up = Set up self-service
admin-app-set-up-text = Does everything that is missing in one go, and leaves what is in place as it is.
admin-app-set-up-find = Who should manage access?
admin-app-set-up-find-hint = Search for a colleague by name or address, then select the person.
admin-app-set-up-owner = Owner
admin-app-set-up-nobody = No active colleague matches.
admin-app-set-up-group-kept = { $group } (as now)
admin-app-set-up-group-new = Make a new group: { $app } access
admin-app-set-up-foot = Turns the switches on, makes the person owner of the group, and assigns both to the app.
admin-app-set-up-done = Self-service is set up. Owners can invite.
admin-app-owner-needed = Search for the person who should manage access, and select one.

admin-app-users-and-groups-text = Who has this app. People in an assigned group have it through the group.
admin-app-add-user = Add user
admin-app-add-user-heading = Add users and groups to { $app }
admin-app-add-user-text = Search, select, choose a role, then assign.
admin-app-assignee = Name
admin-app-assignee-kind = Type
admin-app-assignee-user = User
admin-app-assignee-group = Group
admin-app-role = Role
admin-app-role-default = Default access
admin-app-nobody = Nobody has this app yet
admin-app-nobody-text = Add a group or a user, and the app appears on their My Apps.
admin-app-unassign = Remove { $name }
admin-app-unassign-heading = Remove { $name } from { $app }?
admin-app-unassign-text = { $name } loses { $app } at once, unless it is also given through a group.
admin-app-unassign-group-text = { $count ->
    [0] Nobody is in { $name } now, so nobody loses { $app }.
    [one] { $count } person loses { $app } at once, unless they have it another way.
   *[other] { $count } people lose { $app } at once, unless they have it another way.
}
admin-app-unassign-target-text = { $count ->
    [0] New people are added to this group: owners can no longer invite.
    [one] New people are added to this group: owners can no longer invite, and { $count } open invitation is put on hold.
   *[other] New people are added to this group: owners can no longer invite, and { $count } open invitations are put on hold.
}
admin-app-unassigned = The assignment was removed.
admin-app-assign = Assign
admin-app-assign-search = Search users and groups
admin-app-assign-none = Nobody matches
admin-app-assign-none-text = Try part of a name or of an address.
admin-app-assign-owners-add = Its owners decide who is in it
admin-app-assign-more = The first matches are shown. Search to find others; that clears what you have selected.
admin-app-assign-nobody = Select at least one user or group.
admin-app-assign-gone = What you selected is not there any more. Search again.
admin-app-assigned-one = One assignment was added.
admin-app-assigned = { $count } assignments were added.
admin-app-role-select = Select a role
admin-app-roles = Roles
admin-app-roles-text = What an assignment can say beyond access. Without any, everybody has default access.
admin-app-role-new = New role
admin-app-role-add = Add role
admin-app-role-added = The role { $role } was added.
admin-app-role-remove = Remove role { $role }
admin-app-role-remove-heading = Remove the role { $role } from { $app }?
admin-app-role-remove-text = Nobody can be given this role any more. It can’t be removed while an assignment has it.
admin-app-role-removed = The role was removed.
