# Groups, for administrators.

admin-group = Group
admin-group-all = Groups - All groups
admin-group-intro = Groups give people apps; owners look after them.
admin-group-search = Search groups
admin-group-guests = Guests
admin-group-opens = Opens
admin-group-ownerless = Nobody manages it
admin-group-none = There are no groups yet
admin-group-none-text = A group with an owner is what self-service needs.
admin-group-new = New group
admin-group-new-next = You add owners and members next.
admin-group-create = Create
admin-group-created = The group { $group } was created. Now add an owner.

admin-group-title = { $group }: { $tab }
admin-group-manage = Manage
admin-group-properties = Properties
admin-group-owners = Owners
admin-group-members = Members
admin-group-type = Group type
admin-group-type-security = Security
admin-group-type-security-hint = Gives access to apps; self-service needs one.
admin-group-type-collaboration = Collaboration
admin-group-type-collaboration-hint = For people who work together; it can’t be the group of self-service.
admin-group-name = Group name
admin-group-description = Group description
admin-group-membership = Membership type
admin-group-assigned-hint = Owners and administrators add people by hand; guests can be invited.
admin-group-dynamic-hint = A rule decides who is in it. Nobody can be added by hand, and no guest is ever in it.
admin-group-rule = Rule for dynamic membership
admin-group-rule-hint = An expression over the attributes of members of the organisation, which is true for those who belong to the group.
admin-group-preview = Preview
admin-group-preview-assigned = Choose Dynamic to preview a rule.
admin-group-preview-count = { $count ->
    [0] Nobody matches this rule.
    [one] One person matches this rule:
   *[other] { $count } people match this rule:
}
admin-group-attributes = Attributes and examples
admin-group-attribute-kind = Kind: member
admin-group-attribute-domain = Domain of the address
admin-group-attribute-department = Department
admin-group-attribute-job_title = Job title
admin-group-attribute-country = Country
admin-group-attribute-company = Company
admin-group-own-switch = Owners manage membership
admin-group-own-switch-hint = This group’s own switch. It counts while the organisation lets owners manage groups.
admin-group-saved = The group was saved.
admin-group-unfinished = The rule is being worked out.
admin-group-unfinished-text = In a few seconds the people it takes are in the group, and nobody else. Until then, open the page again to see how far it is.
admin-group-stale = Somebody changed this group while you had it open.
admin-group-in-the-way = Guests and open invitations in this group
admin-group-in-the-way-text = Remove them or revoke their invitations before the membership type changes.
admin-group-synced = This group is kept in another directory.
admin-group-synced-text = Name, description and members can only be changed there.
admin-group-synced-from = Directory
admin-group-synced-at = Last synced
admin-group-synced-never = Never

admin-group-owners-text = Owners add and remove people and invite guests. An owner is not thereby a member.
admin-group-add-owners = Add owners
admin-group-add-owners-heading = Add owners to { $group }
admin-group-add-owners-text = Search for the user who should manage the group, then select. Guests can’t own groups.
admin-group-no-owners = Nobody owns this group
admin-group-no-owners-text = Add an owner, and the group can be used for self-service.
admin-group-remove = Remove { $name }
admin-group-owner-search = Search users
admin-group-owner-none = Nobody matches
admin-group-owner-none-text = Only active members who do not own the group yet are shown.
admin-group-owner-more = The first matches are shown. Search to find others; that clears what you have selected.
admin-group-owner-nobody = Select at least one user.
admin-group-owner-gone = Somebody you selected is not there any more. Search again.
admin-group-select = Select
admin-group-owners-added-one = One owner was added.
admin-group-owners-added = { $count } owners were added.
admin-group-owner-remove-heading = Remove { $name } as owner of { $group }?
admin-group-owner-remove-text = { $name } can no longer add people to { $group } or invite guests. Open invitations by { $name } to { $group } and the apps it fills are put on hold.
admin-group-owner-removed = The owner was removed.

admin-group-add-members = Add members
admin-group-invited = { $count } invited
admin-group-closed = Nobody can be added here by hand.
admin-group-empty = Nobody is in this group yet
admin-group-empty-text = Whoever is added or accepts an invitation appears here.

admin-group-delete = Delete group
admin-group-delete-text = Only possible when no app uses the group and nobody was ever invited to it.
admin-group-delete-heading = Delete { $group }?
admin-group-delete-effect = The list of its people and owners goes with { $group }. The people themselves stay.
admin-group-delete-refused = { $group } can’t be deleted
admin-group-delete-stale = Nothing was deleted. Look again before you delete it.
admin-group-deleted = The group { $group } was deleted.
