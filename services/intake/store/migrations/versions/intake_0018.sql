-- Empty where the complaint states no division: units of that code in any division are meant then.
alter table case_board add column complained_division text collate "C";
