-- Conferences 专题研究, 联合研判: by day, with the counts of their tasks; minutes are in the vault.
create table conference_board (
    division_code    text collate "C" not null,
    conference_id    text collate "C" not null,
    state            text collate "C" not null,
    form             text collate "C" not null,
    on_day           date not null,
    month            text collate "C",
    missed           boolean not null,
    units            integer not null,
    cross_department boolean not null,
    tasks            integer not null,
    tasks_done       integer not null,
    next_due_on      date,
    version          integer not null,
    primary key (division_code, conference_id)
);
create index conference_board_newest on conference_board (division_code, on_day, conference_id);
select concord_protect('conference_board', 'select, insert, update');
