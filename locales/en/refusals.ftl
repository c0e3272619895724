# Why somebody cannot be added or something cannot be done: one sentence for each code, and who can mend it.

refusal-not_manager = You can’t manage this.
refusal-dynamic_group = A rule decides who is in this group, so nobody can be added by hand.
refusal-dynamic_group-rule = A rule decides who is in this group, so nobody can be added by hand. The rule: { $rule }
refusal-synced_group = This group is kept in another directory, so it can only be changed there.
refusal-synced_group-source = This group is kept in { $source }, so it can only be changed there. Last synced: { $synced }.
refusal-invalid_address = This is not a complete e-mail address.
refusal-invalid_address-empty = Type an e-mail address.
refusal-invalid_address-at = An e-mail address has exactly one @.
refusal-invalid_address-local = The part before the @ is not one that mail can be sent to.
refusal-invalid_address-domain = The part after the @ is not a domain name.
refusal-invalid_address-length = This address is too long.
refusal-own_domain = { $domain } is your own organisation, and no colleague has this address. Check the spelling.
refusal-blocked_user = This person could not be added. Ask an administrator.
refusal-inviting_off = You can’t invite guests.
refusal-inviting_off-nobody = Nobody may invite guests at the moment.
refusal-inviting_off-administrators = Only administrators and guest inviters may invite guests.
refusal-inviting_off-members = Only members of the organisation may invite guests, not guests.
refusal-domain_not_allowed = Guests from { $domain } can’t be invited.
refusal-limit_reached = A limit on invitations has been reached.
refusal-limit_reached-hour = You have reached your limit of invitations for one hour ({ $limit }). You can invite again from { $until }.
refusal-limit_reached-day = You have reached your limit of invitations for 24 hours ({ $limit }). You can invite again from { $until }.
refusal-limit_reached-organisation = The organisation has reached its limit of invitations for one hour ({ $limit }). You can invite again from { $until }.
refusal-limit_reached-recipient = This address has reached its limit of mails for 24 hours ({ $limit }). You can mail it again from { $until }.
refusal-limit_reached-changes = You have reached the limit of people added and removed for one hour ({ $limit }). You can go on from { $until }.

refusal-owners_switch_off = Owners can’t manage members: the organisation has turned this off.
refusal-group_switch_off = Owners can’t manage the members of this group: it has been turned off for this group.
refusal-not_owner = You are not an owner of this app or group.
refusal-not_self_service = Owners do not manage who can open this app: self-service is off.
refusal-no_target_group = This app has no group yet to which people can be added.
refusal-target_not_assigned = The group people are added to is not assigned to this app, so being in it opens nothing.
refusal-app_disabled = This app is turned off.
refusal-not_assigned = You do not have this app yourself, so you can’t add people to it.
refusal-not_active = This account is not active.
refusal-guest = Guests can’t manage apps or groups.
refusal-not_administrator = This is for administrators.

on-hold-not_owner = Whoever sent it does not own this group any more.
on-hold-not_assigned = Whoever sent it does not have this app any more.
on-hold-not_administrator = Whoever sent it may not invite guests to the organisation any more.
on-hold-not_active = Whoever sent it can’t sign in any more.

refusal-last_owner = A group keeps at least one owner. Add another owner first.
refusal-guests_in_group = There are guests or open invitations in this group. Remove them first.
refusal-group_in_use = This group can’t be deleted: these apps use it, and people were invited to it. Invitations are kept for ever.
refusal-group_in_use-apps = This group can’t be deleted while an app is given to it or adds people to it.
refusal-group_in_use-invited = This group can’t be deleted: somebody was invited to it, and invitations are kept for ever.
refusal-guest_cannot_own = A guest can’t own a group.
refusal-address_taken = There is already somebody with this address.
refusal-unsuitable_target_group = This group can’t be chosen: it has to be a security group with assigned members that is not synced.
refusal-already_decided = This invitation has been accepted, declined or revoked already.
refusal-welcome_messages_off = Welcome messages have been turned off. Leave the message out.
refusal-name_taken = This name is already in use.
refusal-group_opens_more = Being in this group also opens { $apps }. Confirm that everybody who is added may open these too.
refusal-group_filled_through = People are put into a group you selected through { $apps }. Confirm that everybody who is added there may open this app too.
refusal-password_missing = This person has no password yet. They set one under My account; then you can make them an administrator.
refusal-guest_password = Guests have no password: they sign in with a code by mail.
refusal-sign_in_too_old = For a first password you must have signed in within the last ten minutes, so that nobody else sets one in a browser that you left open. Sign out, and sign in again with a code by mail.
refusal-not_yourself = You can’t take this away from yourself. Ask another administrator.
refusal-unusable_logo = Choose a PNG, JPEG, WebP or SVG picture of at most 512 KiB.
refusal-rule_being_worked_out = Who is in this group by its rule is still being worked out. Try again in a minute.
refusal-role_in_use = This role is in use. Give those who have it another role first.
refusal-restored = On hold until an administrator releases what the restore held.

rule-unknown-attribute = There is no attribute “{ $name }”. Use { $attributes } or { $last }.
rule-prefixed = Write { $attribute }, without “{ $prefix }.”.
rule-unknown-function = There is no function “{ $name }”. Look at the examples.
rule-syntax = Something is wrong at character { $column }. Write for instance department == "Finance".
rule-not-true-or-false = The rule must compare something, for instance department == "Finance".
rule-no-answer = The rule puts together what does not go together. Write for instance department == "Finance".
rule-too-deep = Too many parts of the rule lie within each other. Write it with fewer brackets.

mended-by-administrator = An administrator can change this.
mended-by-person = You can change this yourself.
mended-by-directory = The administrator of that directory can change this.
mended-by-time = This frees up by itself.
