"""The services: each owns its ledger and its tables; none imports another."""
