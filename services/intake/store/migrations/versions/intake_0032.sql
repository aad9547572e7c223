-- Visits to higher levels, as they were reported back: a day and a number, of nobody.
create table higher_visit_board (
    division_code   text collate "C" not null,
    higher_visit_id text collate "C" not null,
    visited         text collate "C" not null,
    on_day          date not null,
    batches         integer not null,
    person_times    integer not null,
    past_next_office      boolean not null,
    voided          boolean not null,
    version         integer not null,
    primary key (division_code, higher_visit_id)
);
create index higher_visit_board_newest on higher_visit_board (division_code, on_day, higher_visit_id);
select concord_protect('higher_visit_board', 'select, insert, update');
