-- The case under which this one is handled, and the one that it repeats.
alter table case_board
    add column linked_to text collate "C",
    add column repeats text collate "C";
create index case_board_by_linked on case_board (linked_to) where linked_to is not null;
create index case_board_by_repeated on case_board (repeats) where repeats is not null;
