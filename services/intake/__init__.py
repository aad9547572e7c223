"""Intake: cases from the day they are filed to the day they end, and the vault of their people."""
