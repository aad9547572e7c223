"""What mediation keeps beside its ledgers: its vault, and views of its own events."""
