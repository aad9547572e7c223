"""Grid's tables besides its ledgers: the vault, and views of its own events."""
