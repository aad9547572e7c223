"""SQL that leaves out what is about a matter in which the unit of whoever asks is complained of.

As far as grid knows it: by its reports and signals, and by cases and disputes as they are published.
It is looked up when it is asked, since the complaint may come after the warning.
"""

from typing import LiteralString

NOT_COMPLAINED_OF: LiteralString = """
    (matter_id is null or not (
        exists (select from report_board as report
            where report.division_code = {table}.division_code
              and report.matter_id = {table}.matter_id
              and report.kept_from && %(own)s::text[])
        or exists (select from signal_board as signal
            where signal.division_code = {table}.division_code
              and signal.matter_id = {table}.matter_id
              and signal.complained_unit = any(%(own_units)s::text[]))
        or exists (select from followed_case as filed
            where filed.division_code = {table}.division_code
              and filed.matter_id = {table}.matter_id
              and filed.complained_unit = any(%(own_units)s::text[]))
        or exists (select from followed_dispute as dispute
            where dispute.division_code = {table}.division_code
              and dispute.matter_id = {table}.matter_id
              and dispute.complained_unit = any(%(own_units)s::text[]))))
"""
"""`own` are places `<division>/<code>` and `grid-workers`, as `report_board` has them; `own_units`
codes of units, as signals and cases name them. `{table}` is a board with a `matter_id`."""
NOT_MADE_OF_COMPLAINTS: LiteralString = f"""
    ({NOT_COMPLAINED_OF.replace("{table}", "warning_board")}
     and not exists (select from warning_matter as one
        where one.division_code = warning_board.division_code
          and one.warning_id = warning_board.warning_id
          and not {NOT_COMPLAINED_OF.replace("{table}", "one")}))
"""
"""Of the warning board: neither its matter nor any of those that it is made of."""
ABOUT: LiteralString = f"""
    select warning_id as stream_id from warning_board
    where division_code = %(division)s
      and not {NOT_MADE_OF_COMPLAINTS}
    union all
    select watch_id from watch_board
    where division_code = %(division)s
      and not {NOT_COMPLAINED_OF.replace("{table}", "watch_board")}
"""
"""The streams that are kept from the own unit."""
