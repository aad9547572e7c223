-- The day of receipt, where the registration states one; null is the day of the filing.
alter table case_board add column received_on_stated date;
-- A printed number is taken wherever an id is; equality of texts is leakproof, so that row-level
-- security lets this index work.
create index case_board_by_number on case_board (number);
