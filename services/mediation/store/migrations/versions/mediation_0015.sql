-- The last day of the period of a mediation, or the day of the next instalment: what comes next. A
-- process of the release before writes the columns from which it follows, not this one; the next event
-- of the dispute puts it right.
alter table mediation_board add column due_on date;
alter table mediation_board no force row level security;
update mediation_board set due_on = case
    when state = 'open'
        then ((due_at - interval '1 microsecond') at time zone 'Asia/Shanghai')::date
    when state = any (array['agreed', 'partly-performed']) then next_due_on
end
where state = any (array['open', 'agreed', 'partly-performed']);
alter table mediation_board force row level security;

-- When the row was written last; a process of the release before writes it as well.
alter table mediation_board add column changed_at timestamptz not null default now();

create function row_changed_v1() returns trigger
language plpgsql as $$
begin
    new.changed_at := now();
    return new;
end $$;
revoke all on function row_changed_v1() from public;
create trigger row_changed before update on mediation_board
    for each row execute function row_changed_v1();

create index mediation_board_open_by_due on mediation_board (
    (case when due_on is null then 'infinity'::date else due_on end), mediation_id, division_code
) where state = any (array['applied', 'open', 'agreed', 'partly-performed', 'breached']);
create index mediation_board_open_by_township on mediation_board (
    division_code, (case when due_on is null then 'infinity'::date else due_on end), mediation_id
) where state = any (array['applied', 'open', 'agreed', 'partly-performed', 'breached']);
