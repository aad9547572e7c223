-- Keyed marks of identity and telephone numbers (HMAC under the county's key), to find a petitioner's
-- cases by a number that is known exactly. A row counts as long as its file is open and the entry
-- with that digest was not replaced; the owner's daily job deletes the others.
create table person_mark (
    division_code text collate "C" not null,
    case_id       text collate "C" not null,
    person_ref    text collate "C" not null,
    digest        text collate "C" not null,
    kind          text collate "C" not null,
    mark          text collate "C" not null,
    primary key (division_code, case_id, digest, kind, mark)
);
create index person_mark_by_mark on person_mark (mark, division_code);
create index person_mark_of_file on person_mark (division_code, person_ref);

select concord_protect('person_mark', 'select, insert');
