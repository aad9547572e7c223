-- Who asked to be shown the person and the text of a case that is not with them; the purpose in words
-- is in the case's file in the vault, under the digest.
create table reveal_asked (
    division_code  text collate "C" not null,
    reveal_id      text collate "C" not null,
    case_id        text collate "C" not null,
    asked_by       text collate "C" not null,
    role           text collate "C" not null,
    reason_code    text collate "C" not null,
    purpose_digest text collate "C" not null,
    asked_at       timestamptz not null,
    primary key (division_code, reveal_id)
);
create index reveal_asked_of_case on reveal_asked (division_code, case_id, reveal_id);

-- Another post approved it: until then, and no longer, the one that asked is shown the case.
create table reveal_approved (
    division_code text collate "C" not null,
    reveal_id     text collate "C" not null,
    approved_by   text collate "C" not null,
    shown_until   timestamptz not null,
    primary key (division_code, reveal_id)
);

select concord_protect('reveal_asked', 'select, insert');
select concord_protect('reveal_approved', 'select, insert');
