-- When the row was written last; a process of the release before writes it as well.
alter table report_board add column changed_at timestamptz not null default now();

create function row_changed_v1() returns trigger
language plpgsql as $$
begin
    new.changed_at := now();
    return new;
end $$;
revoke all on function row_changed_v1() from public;
create trigger row_changed before update on report_board
    for each row execute function row_changed_v1();
