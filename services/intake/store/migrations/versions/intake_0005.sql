-- Open cases, the soonest due first and those without a due date last: of a unit in a township,
-- and of a whole county. Few cases are open, so both indexes stay small. `coalesce` would say the
-- same, but row-level security takes it for leaky and searches no index by it.
create index case_board_open_by_unit on case_board (
    division_code, responsible_unit,
    (case when due_at is null then 'infinity'::timestamptz else due_at end), case_id
) where state = any (array['filed', 'forwarded', 'accepted', 'answered']);
create index case_board_open_by_due on case_board (
    (case when due_at is null then 'infinity'::timestamptz else due_at end), case_id, division_code
) where state = any (array['filed', 'forwarded', 'accepted', 'answered']);
