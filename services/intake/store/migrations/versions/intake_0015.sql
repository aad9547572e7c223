-- The case by which a matter was first filed, where that is another one; the case that learns what
-- is done here; whether the matter was passed on from here and its receiver has no case of it yet.
alter table case_board
    add column home_case_id text collate "C",
    add column reports_to text collate "C",
    add column on_its_way boolean not null default false;
create index case_board_by_home on case_board (home_case_id) where home_case_id is not null;
