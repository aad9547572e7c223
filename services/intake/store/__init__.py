"""Intake's tables besides its ledgers: the vault and its own views."""
