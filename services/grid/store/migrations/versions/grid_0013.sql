-- A township whose grids were recorded before weekly reports has no row that begins them: they begin now.
alter table due_row no force row level security;
alter table grid_board no force row level security;
insert into due_row (division_code, kind, key, due_at, payload)
select distinct division_code, 'rhythm', 'begin', now(), '{}' from grid_board
on conflict (division_code, kind, key) do nothing;
alter table due_row force row level security;
alter table grid_board force row level security;
