# Signing in and out.
