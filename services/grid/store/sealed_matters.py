"""SQL that leaves out what is about a matter with an accusation or a case of discipline in it.

As far as grid knows it by cases as intake publishes them. It is looked up when it is asked, since a
case may turn out to be one after the warning.
"""

from typing import LiteralString

NOT_SEALED: LiteralString = """
    (matter_id is null or not exists (select from followed_case as filed
        where filed.division_code = {table}.division_code
          and filed.matter_id = {table}.matter_id
          and (filed.accusation or filed.category = 'discipline') and not filed.voided))
"""
"""`{table}` is a board with a `matter_id`."""
