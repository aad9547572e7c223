-- The list of disputes; every filter is a plain typed column, so that row-level security lets the
-- indexes work. `next_due_on` is the first day on which an instalment is still owed.
create table mediation_board (
    division_code  text collate "C" not null,
    mediation_id   text collate "C" not null,
    state          text collate "C" not null,
    origin         text collate "C" not null,
    category       text collate "C" not null,
    dispute_kind   text collate "C" not null,
    committee_id   text collate "C" not null,
    case_id        text collate "C",
    village_code   text collate "C",
    applied_at     timestamptz not null,
    due_at         timestamptz,
    next_due_on    date,
    ended_at       timestamptz,
    agreement_form text collate "C",
    signed_by      text collate "C",
    applicants     text[] not null,
    respondents    text[] not null,
    version        integer not null,
    primary key (division_code, mediation_id)
) with (fillfactor = 85);
create index mediation_board_by_application
    on mediation_board (division_code, applied_at, mediation_id);
create index mediation_board_by_state
    on mediation_board (division_code, state, applied_at, mediation_id);
create index mediation_board_by_end on mediation_board (division_code, ended_at);

-- Who takes part in which dispute; who stepped back stays with `takes_part` false.
create table mediation_hand (
    division_code text collate "C" not null,
    mediator_id   text collate "C" not null,
    mediation_id  text collate "C" not null,
    takes_part    boolean not null,
    primary key (division_code, mediator_id, mediation_id)
);

-- The roster.
create table mediator_roster (
    division_code text collate "C" not null,
    mediator_id   text collate "C" not null,
    person_ref    text collate "C" not null,
    kinds         text[] not null,
    on_roster     boolean not null,
    version       integer not null,
    primary key (division_code, mediator_id)
);

-- As which post a mediator comes to the doors; told nowhere else, since no event says it.
create table mediator_post (
    division_code text collate "C" not null,
    mediator_id   text collate "C" not null,
    post          text collate "C" not null,
    primary key (division_code, mediator_id)
);
create index mediator_post_by_post on mediator_post (division_code, post);

-- The committees.
create table committee_board (
    division_code  text collate "C" not null,
    committee_id   text collate "C" not null,
    committee_kind text collate "C" not null,
    village_code   text collate "C",
    members        text[] not null,
    women          integer not null,
    term_from      date not null,
    term_to        date not null,
    seal_digest    text collate "C",
    dissolved      boolean not null,
    version        integer not null,
    primary key (division_code, committee_id)
);

-- The name that a committee's papers bear; told nowhere else, since no event says it.
create table committee_name (
    division_code text collate "C" not null,
    committee_id  text collate "C" not null,
    name          text collate "C" not null,
    primary key (division_code, committee_id)
);

-- Numbers of papers, counted by committee and year; one that is given to a paper stays its own.
create table paper_number (
    division_code text collate "C" not null,
    committee_id  text collate "C" not null,
    year          integer not null,
    serial        integer not null,
    paper_id      text collate "C" not null,
    primary key (division_code, committee_id, year, serial),
    unique (division_code, paper_id)
);

-- Papers that were filled in, in their order: what is on them lies in the vault under the digest.
create table mediation_paper (
    division_code text collate "C" not null,
    mediation_id  text collate "C" not null,
    place         bigint generated always as identity,
    form          text collate "C" not null,
    digest        text collate "C" not null,
    number        text collate "C",
    dated         date not null,
    primary key (division_code, mediation_id, form, digest)
);

select concord_protect('mediation_board', 'select, insert, update');
select concord_protect('mediation_hand', 'select, insert, update');
select concord_protect('mediator_roster', 'select, insert, update');
select concord_protect('mediator_post', 'select, insert, update');
select concord_protect('committee_board', 'select, insert, update');
select concord_protect('committee_name', 'select, insert, update');
select concord_protect('paper_number', 'select, insert');
select concord_protect('mediation_paper', 'select, insert');
