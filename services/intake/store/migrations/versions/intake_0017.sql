-- A matter that was passed on is with its receiver's unit before the receiver has a case of it: that
-- unit does not end as if nothing were open.
alter table case_board add column at_division text collate "C";
alter table case_board no force row level security;
alter table event no force row level security;
update case_board set at_division = division_code where at_unit is not null;
update case_board set (at_division, at_unit) = (
    select event.data::json ->> 'to_division', event.data::json ->> 'to_unit' from event
    where event.division_code = case_board.division_code and event.stream_id = case_board.case_id
      and event.kind = any (array['case-forwarded', 'case-assigned'])
      and event.data::jsonb ? 'to_division'
    order by event.version desc limit 1)
where on_its_way;
alter table case_board force row level security;
alter table event force row level security;
create index case_board_open_at_unit on case_board (at_division, at_unit, division_code, case_id)
    where state = any (array['filed', 'forwarded', 'accepted', 'answered']) or on_its_way;

-- A unit or post ends: its row is locked, and only then its open matters are looked at, so that one
-- that was given to it before is seen, and one that is given later finds that it has ended. What
-- else the registry has must be as it was looked up: another unit may have been merged into this
-- one meanwhile. The append holds the county's ledger, so no event of the registry comes between.
create function registry_ends_v1(
    p_table text, p_county text, p_id text, p_divisions text[], p_codes text[], p_states text[],
    p_open boolean, p_mark bigint
) returns void
language plpgsql as $$
declare
    any_open boolean;
begin
    if nullif(current_setting('concord.scope', true), '') is null then
        raise insufficient_privilege using message = 'nothing was appended';
    end if;
    if p_mark is distinct from (
        (select coalesce(sum(version), 0) from unit_board where division_code = p_county)
        + (select coalesce(sum(version), 0) from post_board where division_code = p_county)) then
        raise serialization_failure using message = 'the registry has moved on';
    end if;
    if p_table = 'unit_board' then
        perform from unit_board where division_code = p_county and unit_id = p_id for update;
        select exists (select from case_board where (state = any (p_states) or on_its_way)
            and (at_division, at_unit) in (select * from unnest(p_divisions, p_codes)))
        into any_open;
    else
        perform from post_board where division_code = p_county and post_id = p_id for update;
        select exists (select from case_board where state = any (p_states)
            and (division_code, handler) in (select * from unnest(p_divisions, p_codes)))
        into any_open;
    end if;
    if any_open is distinct from p_open then
        raise serialization_failure using message = 'its open matters have moved on';
    end if;
end $$;
select concord_allow('registry_ends_v1(text, text, text, text[], text[], text[], boolean, bigint)');
