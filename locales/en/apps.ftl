# My Apps and the members of an app.
