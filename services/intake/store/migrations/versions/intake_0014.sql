-- The unit that a petition complains of: its members see nothing of the case, so that lists leave
-- it out. Cases of before are filled in from the ledger, as they were corrected last.
alter table case_board add column complained_unit text collate "C";

alter table case_board no force row level security;
alter table event no force row level security;
update case_board set complained_unit = latest.unit
from (
    select distinct on (division_code, stream_id)
        division_code, stream_id,
        division_code || '/' || (data::json ->> 'complained_unit') as unit
    from event
    where kind = 'case-filed'
       or kind = 'filing-corrected' and data::jsonb -> 'changed' ? 'complained-unit'
    order by division_code, stream_id, version desc
) as latest
where latest.unit is not null
  and case_board.division_code = latest.division_code and case_board.case_id = latest.stream_id;
alter table case_board force row level security;
alter table event force row level security;
create index case_board_complaints on case_board (division_code, case_id)
    where complained_unit is not null;
