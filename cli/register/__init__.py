"""Reading a register that an office already has, by a mapping that is data.

mapping_file.py (TOML) -> mapping.py, fields.py: what each column means
reading.py -> workbook.py | delimited.py: the table's rows, one at a time
rows.py -> values.py, facts.py: one row as the import API takes it, or why it cannot be read
case/: the declaration of what the rows become; another register is another folder like it
"""
