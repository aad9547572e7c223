-- Patrols: done on a day in a grid, found or not. There is no place for kilometres or a track.
create table patrol_board (
    division_code      text collate "C" not null,
    patrol_id          text collate "C" not null,
    grid_code          text collate "C" not null,
    village_code       text collate "C" not null,
    worker_ref         text collate "C" not null,
    on_day             date not null,
    done_at            timestamptz not null,
    found              boolean not null,
    households_visited integer,
    voided             boolean not null,
    version            integer not null,
    primary key (division_code, patrol_id)
);
create index patrol_board_by_time on patrol_board (division_code, done_at, patrol_id);
create index patrol_board_by_day on patrol_board (division_code, on_day, grid_code);

select concord_protect('patrol_board', 'select, insert, update');
