-- Who has stepped back from a dispute is known by the posts of before as well.
alter table mediator_post add column former text[] collate "C" not null default '{}';
