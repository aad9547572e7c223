-- Units, in the ledger of their county; a code stays with its unit, also when it has ended.
create table unit_board (
    division_code text collate "C" not null,
    unit_id       text collate "C" not null,
    of_division   text collate "C" not null,
    code          text collate "C" not null,
    unit_type     text collate "C" not null,
    title         text collate "C" not null,
    parent        text collate "C",
    valid_from    date not null,
    ended_on      date,
    end_why       text collate "C",
    successor     text collate "C",
    leaves_open   boolean,
    version       integer not null,
    primary key (division_code, unit_id),
    unique (division_code, of_division, code)
);

-- Posts, likewise; a holder is an opaque reference.
create table post_board (
    division_code    text collate "C" not null,
    post_id          text collate "C" not null,
    of_division      text collate "C" not null,
    code             text collate "C" not null,
    unit             text collate "C" not null,
    leads            boolean not null,
    portfolio        text[],
    valid_from       date not null,
    holder           text collate "C",
    held_since       date,
    vacated_on       date,
    substitute       text collate "C",
    substitute_since date,
    substitute_until date,
    ended_on         date,
    successor        text collate "C",
    hand_over_reason text collate "C",
    leaves_open      boolean,
    version          integer not null,
    primary key (division_code, post_id),
    unique (division_code, of_division, code)
);

select concord_protect('unit_board', 'select, insert, update');
select concord_protect('post_board', 'select, insert, update');

-- The unit with which a case is: the responsible one, before the acceptance the one to which it was
-- forwarded, else the petition office. Cases that are there already get it from their events.
alter table case_board add column at_unit text collate "C";
alter table case_board no force row level security;
alter table event no force row level security;
update case_board set at_unit = coalesce(responsible_unit, (
    select event.data::json ->> 'to_unit' from event
    where event.division_code = case_board.division_code and event.stream_id = case_board.case_id
      and event.kind = 'case-forwarded'
    order by event.version desc limit 1), 'petition-office')
where state <> 'voided';
alter table case_board force row level security;
alter table event force row level security;
create index case_board_open_of_handler on case_board (division_code, handler, case_id)
    where state = any (array['filed', 'forwarded', 'accepted', 'answered']);

-- A case is given to a unit or post: its row in the county's registry is shared until the commit, so
-- that it cannot end meanwhile. The scope of the append, a township's, is widened for this alone.
-- Another version than the one looked up is a conflict.
create function registry_unmoved_v1(
    p_table text, p_county text, p_division text, p_code text, p_version integer
) returns void
language plpgsql as $$
declare
    own_scope text := nullif(current_setting('concord.scope', true), '');
    found_version integer;
begin
    if own_scope is null then
        raise insufficient_privilege using message = 'nothing was appended';
    end if;
    perform set_config('concord.scope', p_county, true);
    if p_table = 'unit_board' then
        select version into found_version from unit_board
        where division_code = p_county and of_division = p_division and code = p_code for share;
    else
        select version into found_version from post_board
        where division_code = p_county and of_division = p_division and code = p_code for share;
    end if;
    perform set_config('concord.scope', own_scope, true);
    if found_version is distinct from p_version then
        raise serialization_failure using message = 'the registry has moved on';
    end if;
end $$;

select concord_allow('registry_unmoved_v1(text, text, text, text, integer)');
