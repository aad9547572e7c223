"""Commands to the services: posting, repeating, counting."""
