-- Files that belong to a record, each sealed in parts under the key of the record's file in the
-- vault. An upload that no event names within a day is deleted by the owner's daily job, and so is
-- what belongs to an erased file; the service's role neither changes nor deletes any.
create table vault_attachment (
    division_code text collate "C" not null,
    stream_id     text collate "C" not null,
    digest        text collate "C" not null,
    person_ref    text collate "C" not null,
    media_type    text collate "C" not null,
    size          integer not null,
    parts         integer not null,
    actor_ref     text collate "C" not null,
    uploaded_at   timestamptz not null default clock_timestamp(),
    primary key (division_code, stream_id, digest)
);
create index vault_attachment_of_file on vault_attachment (division_code, person_ref);
create index vault_attachment_of_actor on vault_attachment (division_code, actor_ref, uploaded_at);

create table vault_attachment_part (
    division_code text collate "C" not null,
    stream_id     text collate "C" not null,
    digest        text collate "C" not null,
    part          integer not null,
    sealed        bytea not null,
    primary key (division_code, stream_id, digest, part)
);
-- what is sealed does not compress
alter table vault_attachment_part alter column sealed set storage external;

-- Which post read which attachment: written by the service, which cannot read it.
create table vault_attachment_read (
    division_code text collate "C" not null,
    read_id       bigint generated always as identity,
    stream_id     text collate "C" not null,
    digest        text collate "C" not null,
    actor_ref     text collate "C" not null,
    role          text collate "C" not null,
    correlation_id text collate "C",
    read_at       timestamptz not null default clock_timestamp(),
    primary key (division_code, read_id)
);

select concord_protect('vault_attachment', 'select, insert');
select concord_protect('vault_attachment_part', 'select, insert');
select concord_protect('vault_attachment_read', 'insert');
