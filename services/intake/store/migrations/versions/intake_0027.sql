-- The days by which the discipline lane counts: of the first transfer, and of the closing.
alter table accusation_board
    add column transferred_on date,
    add column closed_on      date;
