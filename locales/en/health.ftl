## The Health page of Administration.

admin-health-intro = How this installation is doing.
admin-health-well = All is well.
admin-health-wrong = { $count ->
    [one] One thing wants attention.
   *[other] { $count } things want attention.
}
admin-health-seen = What was looked at
admin-health-database = Database
admin-health-database-ok = It answers.
admin-health-database-away = It did not answer, or not in time, from { $from } until { $until }.
admin-health-database-advice = People were told to try again meanwhile. The server log says what the database said.
admin-health-schema = Schema
admin-health-schema-ok = It is the one of this version.
admin-health-schema-missing = These migrations are to be applied: { $migrations }.
admin-health-schema-missing-advice = Run “vestibule migrate”, or restart the service.
admin-health-schema-newer = A newer version of Vestibule changed it: { $migrations }.
admin-health-schema-newer-advice = Upgrade this instance too.
admin-health-mail = Mail
admin-health-mail-sent = The last mail left { $moment }.
admin-health-mail-never = No mail has left yet.
admin-health-mail-waiting = { $count ->
    [one] One mail has been waiting since { $since }.
   *[other] { $count } mails are waiting, the oldest since { $since }.
}
admin-health-mail-answer = The last try, { $moment }, met: “{ $answer }”.
admin-health-mail-held-advice = Nobody but administrators gets in, no invitation can be accepted, and no mail but codes leaves until an administrator presses “Open the panel and release the mail” in Administration, Mail.
admin-health-mail-relay-away = The mail relay has been away since { $moment }, and nobody can be mailed a code. The last try met: “{ $answer }”.
admin-health-mail-relay-away-advice = Nothing is lost: each mail but codes is tried again until it has left or has waited too long. “vestibule check” tries the relay.
admin-health-mail-advice = Nothing is lost: each mail is tried again until it has left or has waited too long. “vestibule check” tries the relay.
admin-health-courier = Courier
admin-health-courier-ok = It is at work.
admin-health-courier-silent = It has shown no sign of life since { $since }.
admin-health-courier-advice = Mail of this instance stands still. Restart the service, and report what the server log says.
admin-health-relay = Where mail goes
admin-health-clocks = Clocks
admin-health-clocks-ok = This machine and the database agree.
admin-health-clocks-apart = This machine and the database differ by { $seconds } seconds.
admin-health-clocks-advice = Let both machines take their time from the network (NTP). Links and codes end by the database’s clock; the server log goes by this machine’s.
admin-health-disk = Disk
admin-health-disk-free = { $free } MiB are free at { $folder }.
admin-health-disk-advice = When it is full, nothing can be changed any more. Make room, or give the disk more.
admin-health-address = Address
admin-health-address-ok = People reach the panel at { $url }.
admin-health-address-plain = People reach the panel at { $url }, without encryption.
admin-health-address-advice = It can be reached that way only from this machine, and links in mail work nowhere else. Set VESTIBULE_PUBLIC_URL to an address that begins with https.
