"""What intake keeps beside its ledgers: the vault and its own views."""
