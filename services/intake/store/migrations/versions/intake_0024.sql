-- Accusations, in the ledger of their county: the discipline lane reads them, and nobody else.
create table accusation_board (
    division_code  text collate "C" not null,
    accusation_id  text collate "C" not null,
    number         text collate "C" not null,
    state          text collate "C" not null,
    channel        text collate "C" not null,
    received_on    date not null,
    registered_at  timestamptz not null,
    transferred_to text collate "C",
    outcome        text collate "C",
    person_ref     text collate "C",
    version        integer not null,
    primary key (division_code, accusation_id)
);
create unique index accusation_board_by_number on accusation_board (number, division_code);
create index accusation_board_received
    on accusation_board (division_code, received_on, accusation_id);
create index accusation_board_of_file on accusation_board (division_code, person_ref);
select concord_protect('accusation_board', 'select, insert, update');
