"""What several services use; knows no domain noun, except `contracts`, the published language."""
