-- The unit that has a case: which accepted it, or to which it was handed over since. Cases that were
-- accepted and handed over before this release have none; of them a warning names the unit alone.
alter table followed_case add column held_by text collate "C";
