-- Whether a unit gave the order back and the desk has not given it to another since.
alter table signal_board add column returned boolean not null default false;
alter table signal_board no force row level security;
alter table event no force row level security;
update signal_board set returned = true
where state = 'open' and 'work-order-returned' = (
    select event.kind from event
    where event.division_code = signal_board.division_code
      and event.stream_id = signal_board.signal_id
      and event.kind = any (array['work-order-returned', 'work-order-assigned'])
    order by event.version desc limit 1);
alter table signal_board force row level security;
alter table event force row level security;

-- When the row was written last; a process of the release before writes it as well.
alter table signal_board add column changed_at timestamptz not null default now();
create trigger row_changed before update on signal_board
    for each row execute function row_changed_v1();
alter table warning_board add column changed_at timestamptz not null default now();
create trigger row_changed before update on warning_board
    for each row execute function row_changed_v1();
