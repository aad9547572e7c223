-- Key cases 包案: which case, whose, until when, and when something was done last; plans are in the vault.
create table key_case_board (
    division_code text collate "C" not null,
    key_case_id   text collate "C" not null,
    case_id       text collate "C" not null,
    state         text collate "C" not null,
    leader_post   text collate "C" not null,
    task_force    integer not null,
    backlog       boolean not null,
    opened_on     date not null,
    target_on     date not null,
    steps         integer not null,
    last_step_on  date not null,
    closed_on     date,
    ended_as      text collate "C",
    in_time       boolean,
    version       integer not null,
    primary key (division_code, key_case_id)
);
create index key_case_board_newest on key_case_board (division_code, opened_on, key_case_id);
-- One leader owns a case: of two that take it at once one is refused.
create unique index key_case_board_owned on key_case_board (division_code, case_id)
where state = 'open';
select concord_protect('key_case_board', 'select, insert, update');
