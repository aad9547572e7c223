-- What a post has begun to write and not sent, sealed; the id is kept as a keyed digest, since
-- somebody may type anything into it. The service's role empties a draft, the owner's daily job
-- deletes its row, and whatever is older than fourteen days.
create table vault_draft (
    division_code text collate "C" not null,
    owner         text collate "C" not null,
    form          text collate "C" not null,
    draft_key     text collate "C" not null,
    sealed        bytea,
    saved_at      timestamptz not null default clock_timestamp(),
    primary key (division_code, owner, draft_key, form)
);
alter table vault_draft alter column sealed set storage external;
select concord_protect('vault_draft', 'select, insert, update');
