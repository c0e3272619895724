# Add members and the invitations people send.
