-- Signals that are withheld from a reader of the unit complained of.
create index signal_board_complained on signal_board (division_code, complained_unit)
where complained_unit is not null;
