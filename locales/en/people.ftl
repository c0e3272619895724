# People and the account.
