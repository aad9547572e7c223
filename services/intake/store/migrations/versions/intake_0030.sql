-- Receptions 接访, 下访, 约访: by day, with the counts of their visits; who came is nowhere.
create table reception_board (
    division_code  text collate "C" not null,
    reception_id   text collate "C" not null,
    state          text collate "C" not null,
    form           text collate "C" not null,
    leader_post    text collate "C" not null,
    on_day         date not null,
    place_kind     text collate "C" not null,
    scheduled_for  date,
    missed         boolean not null,
    batches        integer not null,
    person_times   integer not null,
    solved_on_site integer not null,
    version        integer not null,
    primary key (division_code, reception_id)
);
create index reception_board_newest on reception_board (division_code, on_day, reception_id);
select concord_protect('reception_board', 'select, insert, update');
