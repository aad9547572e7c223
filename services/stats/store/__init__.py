"""What stats keeps: one file per table, the SQL that writes it beside the SQL that reads it."""
