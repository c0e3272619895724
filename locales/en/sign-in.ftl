# Signing in, mailed codes, passwords, and the page of the one-time set-up link.

sign-in = Sign in
sign-in-title = Sign in
sign-in-heading = Sign in to { $organisation }
sign-in-lead = Open your apps, or accept an invitation that came to your address.
sign-in-address = E-mail address
sign-in-change-address = Use another address
sign-in-invited = Invited as a guest? Use the address that the invitation was sent to. You do not need a password.
sign-in-password-wrong = This password does not go with this address. You can also have a code mailed to you.
sign-in-password-wrong-after-code = This password does not go with this address. If you have forgotten it, another administrator can help, or whoever runs this server.
sign-in-refused = Nobody can sign in with this address right now. An administrator of the organisation can tell you more.
sign-in-code-title = Look in your mailbox
sign-in-code-sent = If this address is known here, a mail with six digits is on its way to it.
sign-in-code-right = The code is right.
sign-in-password-too = Administrators also need their password.
signed-in = You are signed in.
signed-out = You are signed out.
continue = Continue
or = or
mail-me-a-code = E-mail me a code
mail-me-a-code-hint = Six digits, no password needed

code = Code from the mail
code-hint = Six digits, valid for 10 minutes, in this browser only.
code-empty = Type the six digits from the mail.
code-wrong = This code is not right. You have { $count } tries left.
code-wrong-last = This code is not right. You have one try left.
code-over = This code cannot be used any more. Have a new one sent.
code-not-there = No mail after a minute? Look under unwanted mail too. At most five codes an hour are sent to one address.
code-again = Send a new code

password = Password
password-too-long = At most { $max } bytes.
password-guessable = Somebody could guess this: choose something that is not a name, an address or one repeated character.

setup-title = Set up Vestibule
setup-lead = You are the first one here. Name the organisation and become its first administrator.
setup-organisation-heading = Your organisation
setup-organisation = Name of the organisation
setup-domain = Primary domain
setup-domain-hint = What comes after the @ in your colleagues’ addresses, for instance example.org. People with such an address are never guests.
setup-domain-wrong = Give one domain, for instance example.org.
setup-time-zone = Time zone
setup-time-zone-hint = Dates and times are shown in this zone.
setup-language = Default language
setup-language-hint = For pages and mails when somebody has not chosen.
setup-you-heading = You, the first administrator
setup-name = Your name
setup-address = Your e-mail address
setup-password = Choose a password
setup-password-hint = At least 12 characters. As an administrator you sign in with this password and a code by mail.
setup-mail-relay = Mail is sent through { $relay }.
setup-mail-folder = Mail is not sent yet: it is written as files to { $folder }. That is where your sign-in codes are, too. To send it, set VESTIBULE_SMTP_URL.
setup-submit = Set up
setup-done = { $organisation } is set up and you are signed in. The steps that are left are listed here.
setup-dead-title = This set-up link does not work
setup-dead-text = It works once and for 24 hours, until there is an administrator. Copy the whole address from the output of vestibule serve. If it is too old, start vestibule serve again: it prints a new one. If somebody has set Vestibule up already, sign in.
