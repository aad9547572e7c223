-- Which events of a ledger are parked and not replayed, beside its position: a consumer reads both
-- with the same row, under the same lock, and so knows at no cost what is still to be made good.
alter table inbox add column parked_seqs bigint[] not null default '{}';

-- Where what is parked is looked for by its place.
create index parked_not_replayed on parked (division_code, source, seq) where replayed_at is null;

-- The owner is held to the policies like everyone else; only here it fills in what was parked before.
alter table inbox no force row level security;
alter table parked no force row level security;
update inbox set parked_seqs = found.seqs
from (select division_code, source, array_agg(distinct seq) as seqs from parked
      where replayed_at is null and seq is not null group by division_code, source) found
where inbox.division_code = found.division_code and inbox.source = found.source;
alter table inbox force row level security;
alter table parked force row level security;
