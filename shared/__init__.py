"""What two services use and what knows no domain noun, beside `contracts`, the published language."""
