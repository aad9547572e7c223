"""The routes of mediation."""
