# What mails say, and the list of mails.
