"""Reading a register that an office already has, by a mapping that is data.

mapping_file.py (TOML) -> mapping.py, fields.py: what each column means
reading.py -> workbook.py | delimited.py: the table's rows, one at a time
rows.py -> values.py, facts.py: one row as the import door takes it, or why it cannot be read
"""
