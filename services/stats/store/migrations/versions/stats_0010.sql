-- The unit that a report is about: its evidence is kept from that unit. `corrected` names what a
-- correction changes. Steps and facts of before lack it until the view is rebuilt
-- (`concord rebuild grids`).
alter table report_step
    add column about_unit     text collate "C",
    add column about_division text collate "C",
    add column corrected      text collate "C";

alter table report_fact
    add column about_unit     text collate "C",
    add column about_division text collate "C";
