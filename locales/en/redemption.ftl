# Accepting an invitation.
