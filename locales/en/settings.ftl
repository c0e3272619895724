# Settings of the organisation.
